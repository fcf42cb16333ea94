package dev.parlor.internal.machine.members;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VanishedTest {
    private static final long RETENTION = TimeUnit.HOURS.toNanos(1);

    private final Vanished vanished = new Vanished(RETENTION);

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private void vanish(long atSeconds, long... members) {
        for (long member : members) {
            vanished.vanished(member, seconds(atSeconds));
        }
    }

    @Test
    void theyOutnumberThoseWhoStayedUntilTheyAreBack() {
        vanish(10, 2);
        vanish(11, 3);
        vanish(12, 4);
        vanished.count(2, seconds(12));
        assertThat(vanished.outnumber(2, seconds(100))).isTrue();
        assertThat(vanished.outnumber(3, seconds(100))).isTrue();
        assertThat(vanished.outnumber(4, seconds(100))).isFalse();
        vanished.remove(3);
        vanished.remove(4);
        assertThat(vanished.outnumber(2, seconds(100))).isFalse();
        assertThat(vanished.outnumber(1, seconds(100))).isTrue();
    }

    @Test
    void aFewWhoWereSeenForFewerThanStayedAreNotMissed() {
        vanish(10, 2);
        vanished.count(4, seconds(10));
        assertThat(vanished.outnumber(1, seconds(11))).isFalse();
        assertThat(vanished.vanishedLately(seconds(39))).isTrue();
        assertThat(vanished.vanishedLately(seconds(40))).isFalse();
    }

    @Test
    void thoseOfManyCutsAreNotAddedUp() {
        for (int cut = 0; cut < 10; cut++) {
            vanish(60L * cut, 10L + 2 * cut);
            vanish(60L * cut + 1, 11L + 2 * cut);
            vanished.count(1, seconds(60L * cut + 1));
        }
        assertThat(vanished.outnumber(2, seconds(700))).isTrue();
        assertThat(vanished.outnumber(3, seconds(700))).isFalse();
    }

    /** Programs of a room of five are killed and started again, with two cuts in between that end: as real faults have found it. */
    @Test
    void thoseOfTwoCutsThatFollowEachOtherAreNotAddedUp() {
        vanish(0, 11);
        vanish(4, 12);
        vanish(6, 13);
        vanish(13, 1, 2, 3);
        vanished.count(2, seconds(13));
        for (long back = 1; back <= 3; back++) {
            vanished.remove(back);
        }
        vanish(23, 1);
        vanish(26, 2);
        vanish(28, 3);
        vanish(37, 4);
        vanished.count(4, seconds(37));
        assertThat(vanished.outnumber(4, seconds(38))).isTrue();
        vanished.remove(4);
        assertThat(vanished.outnumber(5, seconds(60))).as("three and three are missed, of a room of five").isFalse();
        assertThat(vanished.outnumber(3, seconds(60))).isTrue();
    }

    /** It was in the view for a moment, and is not back. */
    @Test
    void whoVanishesAgainBeforeItCouldSayWhoItIsIsOfTheLaterCut() {
        vanish(10, 2);
        vanished.count(3, seconds(10));
        vanish(100, 3);
        vanished.vanishedAgain(2, seconds(100));
        vanished.vanishedAgain(9, seconds(100));
        vanished.count(2, seconds(100));
        assertThat(vanished.outnumber(2, seconds(101))).isTrue();
        assertThat(vanished.outnumber(3, seconds(101))).isFalse();
    }

    @Test
    void nobodyIsMissedForLongerThanTheRetention() {
        vanish(10, 2, 3);
        vanished.count(1, seconds(10));
        assertThat(vanished.outnumber(1, seconds(11) + RETENTION)).isFalse();
    }
}
