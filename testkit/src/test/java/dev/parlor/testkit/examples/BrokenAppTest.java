package dev.parlor.testkit.examples;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.ParlorTest;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Ten lines that find the mistake which most apps begin with. */
class BrokenAppTest {
    static class OfAnApp {
        private final Function<Room, Questions> app;

        OfAnApp(Function<Room, Questions> app) {
            this.app = app;
        }

        @ParlorTest
        void twoWhoAskAtOnceAreBothHeard(Room ada, Room bob, ParlorNetwork network) {
            network.partition(ada, bob);
            app.apply(ada).ask("Does it need a server?");
            app.apply(bob).ask("Is it fast?");
            network.heal();
            assertThat(List.of(ada, bob)).eventuallyAgree();
            assertThat(app.apply(ada).all()).containsExactlyInAnyOrder("Does it need a server?", "Is it fast?");
        }
    }

    static class OfTheBrokenApp extends OfAnApp {
        OfTheBrokenApp() {
            super(Questions.InAList::new);
        }
    }

    static class OfTheMendedApp extends OfAnApp {
        OfTheMendedApp() {
            super(Questions.EachItsOwn::new);
        }
    }

    @Test
    void theBrokenAppIsCaughtAndTheMendedOneIsNot() {
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(OfTheBrokenApp.class)).execute().testEvents().assertThatEvents()
                .haveExactly(1, finishedWithFailure(message(text -> text.contains("but could not find the following elements"))));
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(OfTheMendedApp.class)).execute().testEvents()
                .assertStatistics(all -> all.succeeded(1).failed(0));
    }
}
