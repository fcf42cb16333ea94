package dev.parlor.internal.machine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.user.UserReplica.UserValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresentTest {
    private final Present present = new Present(2, "Ada", 0, new UserValue(1, new byte[] {1}), false);

    @Test
    void userDataThatCannotBeReadAtOneMomentIsReadAtTheNext() {
        assertThat(present.toParticipant(bytes -> new Decoded(Optional.empty(), false)).userData()).isEmpty();
        assertThat(present.toParticipant(bytes -> new Decoded(Optional.of("here"), true)).userData()).contains("here");
        assertThat(present.toParticipant(bytes -> Decoded.NOTHING).userData()).contains("here");
    }

    @Test
    void userDataThatCanNeverBeReadIsTriedOnce() {
        assertThat(present.toParticipant(bytes -> Decoded.NOTHING).userData()).isEmpty();
        assertThat(present.toParticipant(bytes -> new Decoded(Optional.of("tried again"), true)).userData()).isEmpty();
    }
}
