package dev.parlor.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MissedTest {
    private static final long RETENTION = TimeUnit.HOURS.toNanos(1);

    private final Missed missed = new Missed(RETENTION);

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void theyOutnumberThoseWhoStayedUntilTheyAreBack() {
        missed.count(Map.of(2L, seconds(10), 3L, seconds(11), 4L, seconds(12)), 2);
        assertThat(missed.outnumber(2, seconds(100))).isTrue();
        assertThat(missed.outnumber(3, seconds(100))).isTrue();
        assertThat(missed.outnumber(4, seconds(100))).isFalse();
        missed.remove(3);
        missed.remove(4);
        assertThat(missed.outnumber(2, seconds(100))).isFalse();
        assertThat(missed.outnumber(1, seconds(100))).isTrue();
    }

    @Test
    void aFewWhoWereSeenForFewerThanStayedAreNotMissed() {
        missed.count(Map.of(2L, seconds(10)), 4);
        assertThat(missed.outnumber(1, seconds(11))).isFalse();
    }

    @Test
    void thoseOfManyCutsAreNotAddedUp() {
        for (int cut = 0; cut < 10; cut++) {
            missed.count(Map.of(10L + 2 * cut, seconds(60L * cut), 11L + 2 * cut, seconds(60L * cut + 1)), 1);
        }
        assertThat(missed.outnumber(2, seconds(700))).isTrue();
        assertThat(missed.outnumber(3, seconds(700))).isFalse();
    }

    @Test
    void nobodyIsMissedForLongerThanTheRetention() {
        missed.count(Map.of(2L, seconds(10), 3L, seconds(10)), 1);
        assertThat(missed.outnumber(1, seconds(11) + RETENTION)).isFalse();
    }
}
