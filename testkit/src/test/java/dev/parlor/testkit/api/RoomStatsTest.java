package dev.parlor.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.RoomStats;
import dev.parlor.testkit.ParlorTest;
import java.lang.reflect.Method;
import java.util.Map;

/** The counters of a room, of a type that may get more of them. */
class RoomStatsTest {
    @ParlorTest
    void canGrowWithoutBreakingCallers() {
        assertThat(RoomStats.class).isInterface();
        assertThat(RoomStats.class.getDeclaredMethods()).allSatisfy(accessor -> {
            assertThat(accessor.getParameterCount()).isZero();
            assertThat(accessor.getReturnType()).isIn(long.class, boolean.class, Map.class);
        });
    }

    @ParlorTest
    void saysInOneLineWhatIsNotZero(Room room) throws ReflectiveOperationException {
        room.sessionData().put("a", 1);
        // A removed key is remembered, whatever listeners have taken by now.
        room.sessionData().put("b", 1);
        room.sessionData().remove("b");
        RoomStats stats = room.stats();
        String text = stats.toString();
        assertThat(text).startsWith("RoomStats[inSync=true, entries=1, ").doesNotContain("\n", "=0,")
                .contains("writesApplied=3", "digest=" + String.format("%016x", stats.digest()));
        for (Method accessor : RoomStats.class.getDeclaredMethods()) {
            Object value = accessor.invoke(stats);
            if (accessor.getReturnType() == Map.class) {
                assertThat(text).contains("memoryByUse.TOMBSTONES=");
            } else if (accessor.getReturnType() != long.class || !value.equals(0L)) {
                assertThat(text).contains(accessor.getName() + "=");
            }
        }
    }

    @ParlorTest
    void isTheStateOfOneMoment(Room room) {
        RoomStats before = room.stats();
        room.sessionData().put("a", 1);
        assertThat(before.entries()).isZero();
        assertThat(room.stats().entries()).isOne();
        assertThat(room.stats()).isNotEqualTo(before);
    }
}
