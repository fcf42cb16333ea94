package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What participants answer: how many they see, whether they claim to be in sync, their digest. */
class SyncClaimsTest {
    private static final List<String> EQUAL = List.of("2 true a", "2 true a");
    private static final List<String> FALSE = List.of("2 true a", "2 true b");
    private static final long SECOND = 1_000_000_000L;

    private final SyncClaims claims = new SyncClaims(2);

    private boolean finds(long seconds, List<String> states) {
        return claims.observe(seconds * SECOND, states).isPresent();
    }

    @Test
    void aClaimThatIsFalseForMoreThanThreeSecondsIsFoundOnce() {
        assertThat(finds(10, FALSE)).isFalse();
        assertThat(finds(13, FALSE)).isFalse();
        assertThat(claims.observe(14 * SECOND, FALSE))
                .contains("all claimed for 4000 ms to be in sync while they differed: [2 true a, 2 true b]");
        assertThat(finds(15, FALSE)).isFalse();
    }

    @Test
    void aClaimThatIsFalseForAMomentNowAndThenIsRight() {
        assertThat(finds(10, FALSE)).isFalse();
        assertThat(finds(12, EQUAL)).isFalse();
        assertThat(finds(14, FALSE)).isFalse();
        assertThat(finds(16, FALSE)).isFalse();
    }

    @Test
    void whoeverKnowsThatItIsNotInSyncMakesItRight() {
        List<String> known = List.of("2 true a", "2 false b");
        assertThat(finds(10, known)).isFalse();
        assertThat(finds(20, known)).isFalse();
    }

    @Test
    void whoDoesNotSeeAllMayDiffer() {
        List<String> apart = List.of("1 true a", "2 true b");
        assertThat(finds(10, apart)).isFalse();
        assertThat(finds(20, apart)).isFalse();
    }
}
