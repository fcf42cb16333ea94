package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow(100);

    @Test
    void takesEachOnceInWhateverOrder() {
        assertThat(window.take(103)).isTrue();
        assertThat(window.take(101)).isTrue();
        assertThat(window.take(103)).isFalse();
        assertThat(window.take(101)).isFalse();
        assertThat(window.take(102)).isTrue();
    }

    @Test
    void takesNothingFromBeforeItsBeginning() {
        assertThat(window.take(100)).isFalse();
        assertThat(window.take(0)).isFalse();
        assertThat(window.take(-1)).isFalse();
        assertThat(window.take(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void refusesWhatIsTooOldToBeToldApart() {
        assertThat(window.take(101 + ReplayWindow.SIZE)).isTrue();
        assertThat(window.take(101)).isFalse();
        assertThat(window.take(200)).isTrue();
    }

    @Test
    void aJumpOverAllOfItForgetsWhatWasTaken() {
        long far = 1L << 40;
        assertThat(window.take(101)).isTrue();
        assertThat(window.take(far)).isTrue();
        // In the same places of the window as 101 and its neighbours.
        for (long number = far - ReplayWindow.SIZE + Long.SIZE; number < far; number++) {
            assertThat(window.take(number)).as("%d", number).isTrue();
        }
        assertThat(window.take(far)).isFalse();
    }

    @Test
    void agreesWithASetOfAllThatCame() {
        long seed = System.nanoTime();
        System.out.println("ReplayWindowTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            long first = random.nextInt(1 << 20);
            ReplayWindow tested = new ReplayWindow(first);
            Set<Long> came = new HashSet<>();
            long newest = first;
            for (int i = 0; i < 2_000; i++) {
                int back = random.nextInt(10) == 0 ? 3 * ReplayWindow.SIZE : 200;
                long number = newest + (random.nextInt(20) == 0 ? random.nextInt(back) : random.nextInt(5)) - random.nextInt(back);
                boolean taken = tested.take(number);
                if (number <= first || came.contains(number)) {
                    assertThat(taken).as("%d again, or from before %d", number, first).isFalse();
                } else if (newest - number <= ReplayWindow.SIZE - Long.SIZE) {
                    assertThat(taken).as("%d is new, the newest is %d", number, newest).isTrue();
                }
                if (taken) {
                    came.add(number);
                    newest = Math.max(newest, number);
                }
            }
        }
    }
}
