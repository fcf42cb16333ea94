package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.Warning;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a reader hears of values that it cannot read: once for each thing that is wrong, with what helps against it. */
class WarnedOnceTest {
    enum NewColour { RED, BLUE, GOLD }

    enum OldColour { RED }

    record NewCard(String text, NewColour colour) {}

    record OldCard(String text, OldColour colour) {}

    record NewPrice(double price) {}

    record OldPrice(long price) {}

    record NewRange(int from, int to) {}

    record OldRange(int from, int to) {
        OldRange {
            if (from > to) {
                throw new IllegalArgumentException(from + " > " + to);
            }
        }
    }

    record Renamed(String question) {}

    record RenamedBefore(String text) {
        RenamedBefore {
            Objects.requireNonNull(text, "text");
        }
    }

    record Lacking(int n) {}

    record LackingByName(int n) {}

    @Test
    void oneWarningForEachThingThatIsWrong() {
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.type(1, NewCard.class).type(2, NewColour.class).type(3, NewPrice.class)
                    .type(4, NewRange.class).type(5, Renamed.class).type(6, Lacking.class).types(LackingByName.class));
            Room bob = network.join("Bob", b -> b.type(1, OldCard.class).type(2, OldColour.class).type(3, OldPrice.class)
                    .type(4, OldRange.class).type(5, RenamedBefore.class).on(Warning.class, warnings::add));
            for (int i = 0; i < 20; i++) {
                ada.sessionData().put("card" + i, new NewCard("a" + i, NewColour.BLUE));
                ada.sessionData().put("price" + i, new NewPrice(i + 0.5));
                ada.sessionData().put("range" + i, new NewRange(i + 1, i));
                ada.sessionData().put("renamed" + i, new Renamed("q" + i));
                ada.sessionData().put("lacking" + i, new Lacking(i));
                ada.sessionData().put("named" + i, List.of(new LackingByName(i)));
                ada.sessionData().put("colour" + i, NewColour.GOLD);
            }
            ada.flush(Duration.ofSeconds(20));
            for (int i = 0; i < 3; i++) {
                bob.sessionData().snapshot();
            }
            assertThat(bob.sessionData().get("card3")).contains(new OldCard("a3", null));
            assertThat(bob.stats().undecodableValues()).isEqualTo(6 * 20);
            assertThat(network.await(() -> warnings.size() >= 7, Duration.ofSeconds(20))).as("%s", warnings).isTrue();
            hears(warnings, Warning.Kind.INCOMPLETE_VALUE, "\"card", "BLUE", OldColour.class.getName(), "update this program");
            hears(warnings, Warning.Kind.UNDECODABLE_VALUE, "\"price", "field price", OldPrice.class.getName(), "long",
                    "java.lang.Double", ".5");
            hears(warnings, Warning.Kind.UNDECODABLE_VALUE, "\"range", OldRange.class.getName(), "refuses its values", " > ");
            hears(warnings, Warning.Kind.UNDECODABLE_VALUE, "\"renamed", RenamedBefore.class.getName(), "refuses its values", "text");
            hears(warnings, Warning.Kind.UNDECODABLE_VALUE, "\"colour", "GOLD", OldColour.class.getName(), "update this program");
            assertThat(warnings).filteredOn(warning -> !warning.message().contains("lacking") && !warning.message().contains("named"))
                    .noneMatch(warning -> warning.message().contains("register"));
            // Of what is not registered here, with the number by which it is known.
            hears(warnings, Warning.Kind.UNDECODABLE_VALUE, "\"lacking", ".type(6, ", "register its class");
            hears(warnings, Warning.Kind.UNDECODABLE_VALUE, "\"named", "of the number ", "register its class");
            assertThat(warnings).hasSize(7);
        }
    }

    private static void hears(List<Warning> warnings, Warning.Kind kind, String... parts) {
        assertThat(warnings).filteredOn(warning -> warning.message().contains(parts[0])).hasSize(1)
                .allMatch(warning -> warning.kind() == kind).allSatisfy(warning -> assertThat(warning.message()).contains(parts));
    }
}
