package dev.parlor.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.memory.Budget.Use;
import org.junit.jupiter.api.Test;

/** Each use has its share of the whole, and what is lent leaves the others theirs. */
class BudgetTest {
    private static final long BYTES = 32 * 1024;
    private final Budget budget = new Budget(BYTES, 0);

    @Test
    void allSharesTogetherAreTheWhole() {
        long sum = 0;
        for (Use use : Use.values()) {
            sum += budget.limit(use);
        }
        assertThat(sum).isEqualTo(BYTES);
    }

    @Test
    void aUseTakesItsShareAndNoMoreWhateverOthersLeave() {
        long share = budget.limit(Use.HELD);
        assertThat(budget.take(Use.HELD, share)).isTrue();
        assertThat(budget.take(Use.HELD, 1)).isFalse();
        assertThat(budget.used(Use.HELD)).isEqualTo(share);
        assertThat(budget.isFull(Use.HELD)).isTrue();
        assertThat(budget.take(Use.OUTBOX, 1)).isTrue();
        budget.free(Use.HELD, 1);
        assertThat(budget.take(Use.HELD, 1)).isTrue();
    }

    @Test
    void theFirstThingIsAdmittedHoweverLarge() {
        assertThat(budget.take(Use.EARLY, 10 * BYTES)).isTrue();
        assertThat(budget.take(Use.EARLY, 1)).isFalse();
    }

    @Test
    void whatIsLentEndsAtHalfOfTheWhole() {
        budget.add(Use.MESSAGES, budget.limit(Use.MESSAGES));
        assertThat(budget.admits(Use.MESSAGES, 1)).isFalse();
        budget.lend(Use.MESSAGES, true);
        budget.add(Use.TOMBSTONES, budget.limit(Use.TOMBSTONES) - 1);
        assertThat(budget.admits(Use.MESSAGES, 1)).isTrue();
        assertThat(budget.admits(Use.MESSAGES, 2)).as("what others use counts").isFalse();
        budget.lend(Use.MESSAGES, false);
        assertThat(budget.admits(Use.MESSAGES, 1)).isFalse();
    }

    @Test
    void whoWaitsForLittleIsToldOnceInTheCallThatGivesBack() {
        int[] told = new int[1];
        budget.add(Use.MESSAGES, 100);
        budget.whenBelow(Use.MESSAGES, 50, () -> told[0]++);
        budget.free(Use.MESSAGES, 49);
        assertThat(told[0]).isZero();
        budget.free(Use.MESSAGES, 1);
        budget.free(Use.MESSAGES, 1);
        assertThat(told[0]).isEqualTo(1);
        budget.whenBelow(Use.MESSAGES, 50, () -> told[0]++);
        assertThat(told[0]).as("at once if it is so already").isEqualTo(2);
        assertThat(budget.freed(Use.MESSAGES)).isEqualTo(51);
    }

    @Test
    void whatIsReadWhereItIsKeptIsPartOfTheWhole() {
        budget.measure(Use.BATCHES, () -> 7);
        budget.add(Use.CHANGES, 3);
        assertThat(budget.used()).isEqualTo(10);
        assertThat(budget.byUse()).containsEntry(Use.BATCHES, 7L).containsEntry(Use.CHANGES, 3L).containsEntry(Use.HELD, 0L);
    }
}
