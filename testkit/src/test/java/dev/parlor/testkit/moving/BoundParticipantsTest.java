package dev.parlor.testkit.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.Subscription;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of those present, as a user interface shows it. */
class BoundParticipantsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static String text(List<? extends Participant> participants) {
        return participants.stream().map(each -> each.name() + each.userData().map(data -> "=" + data).orElse(""))
                .collect(Collectors.joining(" "));
    }

    @Test
    void isShownNowAndAfterEachChange() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            List<String> shown = new CopyOnWriteArrayList<>();
            Subscription bound = bob.bindParticipants(list -> shown.add(text(list)));
            network.advance(SECOND);
            assertThat(shown).containsExactly("Ada Bob");
            network.join("Cleo");
            network.advance(SECOND);
            bob.setUserData(1);
            network.advance(SECOND);
            ada.close();
            network.advance(SECOND);
            assertThat(shown).containsExactly("Ada Bob", "Ada Bob Cleo", "Ada Bob=1 Cleo", "Bob=1 Cleo");
            assertThat(bob.host()).isEqualTo(bob.me());
            bound.close();
            bob.setUserData(2);
            network.advance(SECOND);
            assertThat(shown).hasSize(4);
        }
    }

    @Test
    void whatWaitsForASlowListenerIsShownAsOne() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            List<String> shown = new CopyOnWriteArrayList<>();
            ada.bindParticipants(list -> {
                if (shown.isEmpty()) {
                    for (int i = 0; i < 100; i++) {
                        ada.setUserData(i);
                    }
                }
                shown.add(text(list));
            });
            network.advance(SECOND);
            assertThat(shown).containsExactly("Ada", "Ada=99");
        }
    }

    @Test
    void withAPaceTheLastIsShownWhenTheTimeIsOver() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.join("Ada");
            List<String> shown = new CopyOnWriteArrayList<>();
            ada.bindParticipants(Duration.ofMillis(100), list -> shown.add(text(list)));
            for (int i = 1; i <= 100; i++) {
                ada.setUserData(i);
                network.advance(Duration.ofMillis(10));
            }
            network.advance(SECOND);
            assertThat(shown).hasSizeBetween(10, 12).endsWith("Ada=100").doesNotHaveDuplicates();
        }
    }
}
