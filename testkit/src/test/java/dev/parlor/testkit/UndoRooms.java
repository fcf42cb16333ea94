package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.SessionData;
import dev.parlor.Undo;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Two participants of a room in virtual time, of whom one remembers what it writes. */
abstract class UndoRooms {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration SETTLED = Duration.ofSeconds(20);
    static final Duration RETENTION = Duration.ofMinutes(2);

    final ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7);
    final Room ada = join("Ada");
    final Room ben = join("Ben");
    final Undo undo = data(ada).undo(100);

    @AfterEach
    final void close() {
        network.close();
    }

    final Room join(String name) {
        return network.join(name, options -> options.retention(RETENTION));
    }

    static SessionData data(Room room) {
        return room.sessionData();
    }

    final void settle() {
        network.advance(SECOND);
    }

    final void assertBoth(Map<String, ?> expected) {
        settle();
        assertThat(data(ada).snapshot()).isEqualTo(expected);
        assertThat(data(ben).snapshot()).isEqualTo(expected);
    }

    static Undo.Result result(Set<String> restored, Set<String> left) {
        return new Undo.Result(restored, left);
    }
}
