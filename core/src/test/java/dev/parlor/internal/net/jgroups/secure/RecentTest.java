package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent recent = new Recent();

    @Test
    void beforeAnythingNothingIsRecent() {
        assertThat(recent.since(0)).isEqualTo(Recent.NONE);
    }

    @Test
    void whatIsSentJustNowIsAlwaysRecentAndWhatIsFourStepsOldNever() {
        for (long pause : new long[] {1, Recent.STEP_NANOS / 3, Recent.STEP_NANOS, 2 * Recent.STEP_NANOS, 10 * Recent.STEP_NANOS}) {
            Recent each = new Recent();
            for (long number = 1; number < 100; number++) {
                long now = number * pause;
                each.sent(number, now);
                assertThat(each.since(now)).isLessThanOrEqualTo(number);
                assertThat(each.since(now + Recent.STEP_NANOS / 2)).as("a moment later").isLessThanOrEqualTo(number);
                long since = each.since(now);
                assertThat((number - since) * pause).as("age of the oldest that is recent").isLessThan(4 * Recent.STEP_NANOS);
            }
        }
    }

    @Test
    void whoFallsSilentHasNothingRecent() {
        recent.sent(1, 0);
        assertThat(recent.since(4 * Recent.STEP_NANOS)).isEqualTo(Recent.NONE);
        recent.sent(2, 100 * Recent.STEP_NANOS);
        assertThat(recent.since(100 * Recent.STEP_NANOS)).isEqualTo(2);
    }
}
