package dev.parlor.internal.machine.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MissedTest {
    private static final long RETENTION = TimeUnit.HOURS.toNanos(1);

    private final Missed missed = new Missed(RETENTION);

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private void vanish(long atSeconds, long... members) {
        for (long member : members) {
            missed.vanished(member, seconds(atSeconds));
        }
    }

    @Test
    void theyOutnumberThoseWhoStayedUntilTheyAreBack() {
        vanish(10, 2);
        vanish(11, 3);
        vanish(12, 4);
        missed.count(2, seconds(12));
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
        vanish(10, 2);
        missed.count(4, seconds(10));
        assertThat(missed.outnumber(1, seconds(11))).isFalse();
        assertThat(missed.vanishedLately(seconds(39))).isTrue();
        assertThat(missed.vanishedLately(seconds(40))).isFalse();
    }

    @Test
    void thoseOfManyCutsAreNotAddedUp() {
        for (int cut = 0; cut < 10; cut++) {
            vanish(60L * cut, 10L + 2 * cut);
            vanish(60L * cut + 1, 11L + 2 * cut);
            missed.count(1, seconds(60L * cut + 1));
        }
        assertThat(missed.outnumber(2, seconds(700))).isTrue();
        assertThat(missed.outnumber(3, seconds(700))).isFalse();
    }

    /** It was in the view for a moment, and is not back. */
    @Test
    void whoVanishesAgainBeforeItCouldSayWhoItIsIsOfTheLaterCut() {
        vanish(10, 2);
        missed.count(3, seconds(10));
        vanish(100, 3);
        missed.vanishedAgain(2, seconds(100));
        missed.vanishedAgain(9, seconds(100));
        missed.count(2, seconds(100));
        assertThat(missed.outnumber(2, seconds(101))).isTrue();
        assertThat(missed.outnumber(3, seconds(101))).isFalse();
    }

    @Test
    void nobodyIsMissedForLongerThanTheRetention() {
        vanish(10, 2, 3);
        missed.count(1, seconds(10));
        assertThat(missed.outnumber(1, seconds(11) + RETENTION)).isFalse();
    }
}
