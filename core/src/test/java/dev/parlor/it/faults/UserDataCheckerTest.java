package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Doctored logs of user data: 1 sets it, 2 is told. Words of a line: see {@link PeerLog}. */
class UserDataCheckerTest {
    private static final String ONE = "J 1 p1 0|U u3|+ 2 u0 5000|U u8|H 1 1 u8|H 1 2 u0";

    private final List<String> findings = new ArrayList<>();
    private UserDataChecker checker;

    private List<String> check(String one, String two, Integer... disturbedRests) {
        findings.clear();
        checker = new UserDataChecker(List.of(Logs.log("1", one), Logs.log("2", two)), Set.of(disturbedRests),
                findings::add);
        checker.check();
        return findings;
    }

    private List<String> checkToldToTwo(String two) {
        return check(ONE, "J 2 p2 5000|" + two);
    }

    @Test
    void aRosterThatFollowsFromWhatWasToldIsRight() {
        assertThat(checkToldToTwo("I 1 u3 5000|~ 1 u8 u3 5001|- 1 u8 7000|+ 1 u8 7500|H 1 1 u8|H 1 2 u0")).isEmpty();
        assertThat(checker.held).isEqualTo(2);
        assertThat(checker.told).isEqualTo(4);
    }

    @Test
    void theFirstEventMayTellWhatTheLookAtTheJoinHasSeen() {
        assertThat(checkToldToTwo("I 1 u8 5000|~ 1 u8 u3 5001|H 1 1 u8|H 1 2 u0")).isEmpty();
        assertThat(checkToldToTwo("I 1 u8 5000|+ 1 u3 5001|~ 1 u8 u3 5001|H 1 1 u8|H 1 2 u0")).isEmpty();
    }

    @Test
    void whoIsKilledOrLeavesIsNotMissed() {
        assertThat(checkToldToTwo("I 1 u3 5000|I 3 u0 5000|- 3 u0 6000|~ 1 u8 u3 6001|H 1 1 u8|H 1 2 u0")).isEmpty();
        assertThat(checkToldToTwo("I 1 u8 5000|- 3 u0 5500|H 1 1 u8|H 1 2 u0")).as("gone before the look").isEmpty();
    }

    @Test
    void oldUserDataAtARestIsFound() {
        assertThat(checkToldToTwo("I 1 u3 5000|H 1 1 u3|H 1 2 u0"))
                .containsExactly("2 holds u3 of 1 at rest 1, it has set u8");
    }

    @Test
    void whatIsHeldAtADisturbedRestIsNotLookedAt() {
        assertThat(check(ONE, "J 2 p2 5000|I 1 u8 5000|H 1 2 u0")).isNotEmpty();
        assertThat(check(ONE, "J 2 p2 5000|I 1 u8 5000|H 1 2 u0", 1)).isEmpty();
    }

    @Test
    void aChangeThatWasNeverToldIsFound() {
        assertThat(checkToldToTwo("I 1 u3 5000|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told u3 of 1 last, and holds u8 at rest 1");
    }

    @Test
    void whoDoesNotHoldItsOwnIsFound() {
        assertThat(check("J 1 p1 0|U u3|I 2 u0 1|H 1 1 u0|H 1 2 u0", "J 2 p2 0|I 1 u3 0|H 1 1 u3|H 1 2 u0"))
                .containsExactly("1 was told u3 of 1 last, and holds u0 at rest 1",
                        "1 holds u0 of 1 at rest 1, it has set u3");
    }

    @Test
    void somebodyMissingOrLeftOverIsFound() {
        assertThat(checkToldToTwo("I 1 u8 5000|H 1 2 u0"))
                .containsExactly("2 holds user data of [2] at rest 1, there are [1, 2]");
        assertThat(checkToldToTwo("I 1 u8 5000|I 3 u0 5000|H 1 1 u8|H 1 2 u0|H 1 3 u0"))
                .containsExactly("2 holds user data of [1, 2, 3] at rest 1, there are [1, 2]");
    }

    @Test
    void whatItsOwnerNeverSetIsFound() {
        assertThat(checkToldToTwo("I 1 u3 5000|~ 1 u5 u3 5001|~ 1 u8 u5 5002|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told u5 of 1, who never set it");
        assertThat(checkToldToTwo("I 1 - 5000|~ 1 u8 - 5002|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told - of 1, who never set it");
    }

    @Test
    void userDataThatGoesBackIsFoundAlsoOverAPartition() {
        assertThat(checkToldToTwo("I 1 u3 5000|~ 1 u8 u3 5001|~ 1 u3 u8 5002|~ 1 u8 u3 5003|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told u3 of 1 after u8");
        assertThat(checkToldToTwo("I 1 u8 5000|- 1 u8 6000|+ 1 u3 6001|~ 1 u8 u3 6002|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told u3 of 1 after u8");
    }

    @Test
    void eventsThatDoNotFollowFromEachOtherAreFound() {
        assertThat(checkToldToTwo("I 1 u3 5000|~ 1 u8 u3 5001|~ 1 u8 u3 5002|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told that 1 changed from u3, but u8 before");
        assertThat(checkToldToTwo("+ 1 u8 5001|+ 1 u8 5002|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told that 1 joined, who was there");
        assertThat(checkToldToTwo("I 1 u8 5000|- 3 u0 6001|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told that 3 left, who was not there");
        assertThat(checkToldToTwo("I 1 u8 5000|- 1 u8 5001|- 1 u8 5002|+ 1 u8 5003|H 1 1 u8|H 1 2 u0"))
                .containsExactly("2 was told that 1 left, who was not there");
    }
}
