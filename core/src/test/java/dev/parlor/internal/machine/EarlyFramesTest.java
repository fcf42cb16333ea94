package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.machine.EarlyFrames.Early;
import dev.parlor.internal.wire.Frame;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EarlyFramesTest {
    private final Budget budget = new Budget(64L << 20, 0);
    private final EarlyFrames early = new EarlyFrames(budget);
    private final AtomicInteger refused = new AtomicInteger();

    private static Early frame(long from, long number) {
        return new Early(from, true, new Frame.Numbered(number, new Frame.WhoIsThere()));
    }

    @Test
    void givesThoseOfMembersInOrderAndOnceAndForgetsTheOthers() {
        early.hold(frame(1, 1), 10);
        early.hold(frame(2, 1), 10);
        early.hold(frame(1, 2), 10);
        assertThat(early.take(from -> from == 1, refused::incrementAndGet)).extracting(each -> each.numbered().number())
                .containsExactly(1L, 2L);
        assertThat(refused).hasValue(1);
        assertThat(early.take(from -> true, refused::incrementAndGet)).isEmpty();
    }

    @Test
    void holdsNoMoreThanSoManyAndSoManyBytes() {
        for (int i = 0; i < EarlyFrames.MAX_FRAMES; i++) {
            assertThat(early.hold(frame(1, i + 1), 1)).isTrue();
        }
        assertThat(early.hold(frame(1, 1), 1)).isFalse();
        early.take(from -> true, refused::incrementAndGet);
        assertThat(early.hold(frame(1, 1), (int) budget.limit(Budget.Use.EARLY))).isTrue();
        assertThat(early.hold(frame(1, 2), 1)).isFalse();
    }
}
