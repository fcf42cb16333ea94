package dev.parlor.internal.machine.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What joins go through; and what a member that never says who it is does to those who are in the room. */
class JoiningTest {
    private static final long STRANGER = 2;
    private static final long NEWCOMER = 9;

    /** What is said of the stranger is not said of who came a moment before the join ended. */
    @Test
    void aMemberThatCameAtTheEndOfALongJoinIsNoStranger() {
        try (LoneRoom room = LoneRoom.joining(STRANGER)) {
            List<String> warnings = new ArrayList<>();
            room.room().on(Warning.class, warning -> warnings.add(warning.message()));
            room.pass(9_900);
            assertThat(room.hasJoined()).isFalse();
            room.members(STRANGER, NEWCOMER);
            room.pass(500);
            assertThat(room.hasJoined()).isTrue();
            assertThat(warnings).hasSize(1).first().asString().contains(new ParticipantId(STRANGER).toString());
        }
    }
}
