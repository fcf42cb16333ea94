package dev.parlor.internal.machine.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Warning.Kind;
import dev.parlor.internal.machine.Recorded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that is wrong is counted; of a flood of it a little is told, and how much more there was. */
class WarningsTest {
    private final Recorded room = new Recorded();
    private final Warnings warnings = room.warnings;

    @Test
    void aFloodIsToldTenTimesASecondAndCounted() {
        for (int i = 0; i < 1_000; i++) {
            warnings.warn(Kind.INTRUDER, "again");
        }
        assertThat(room.warned).hasSize(10);
        assertThat(warnings.takeUnsaid()).hasSize(10).allMatch(line -> line.equals("INTRUDER: again"));
        assertThat(room.state.stats().warnings).isEqualTo(1_000);
        room.later(Duration.ofMillis(1_001));
        warnings.warn(Kind.INTRUDER, "again");
        assertThat(warnings.takeUnsaid()).containsExactly("INTRUDER: again (and 990 more since the last warning)");
    }

    @Test
    void aFloodOfOneKindHidesNoOther() {
        for (int i = 0; i < 100; i++) {
            warnings.warn(Kind.INTRUDER, "again");
        }
        warnings.warn(Kind.MEMORY, "short");
        assertThat(room.warned).endsWith(Kind.MEMORY);
    }

    @Test
    void eachLineIsTakenOnce() {
        warnings.warn(Kind.MEMORY, "short");
        assertThat(warnings.takeUnsaid()).isEqualTo(List.of("MEMORY: short"));
        assertThat(warnings.hasUnsaid()).isFalse();
        assertThat(warnings.takeUnsaid()).isEmpty();
    }
}
