package dev.parlor.it;

import dev.parlor.Room;
import dev.parlor.testkit.jvm.ParlorJvm;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms are joined whatever the language of the machine. */
class LanguagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR"})
    void twoMeetWhoseDigitsMayBeOthers(String tag) {
        String[] language = tag.split("-");
        try (ParlorJvm jvm = ParlorJvm.named(tag).jvmOptions("-Duser.language=" + language[0], "-Duser.country=" + language[1])
                .run(control -> meet("languages-" + ProcessHandle.current().pid()))) {
            jvm.requireSuccess(PATIENCE);
        }
    }

    private static void meet(String name) {
        try (Room ada = Room.named(name).as("Ada").join(); Room bob = Room.named(name).as("Bob").join()) {
            bob.sessionData().put("n", 1234567);
            bob.flush(PATIENCE);
            ada.awaitParticipants(2, PATIENCE);
            if (!ada.sessionData().get("n").orElseThrow().equals(1234567)) {
                throw new AssertionError(ada.sessionData().asMap());
            }
        }
    }
}
