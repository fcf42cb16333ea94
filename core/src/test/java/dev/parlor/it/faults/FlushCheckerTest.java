package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Doctored logs of a flush: 1 asks for confirmation, 2 gives it. Words of a line: see {@link PeerLog}. */
class FlushCheckerTest {
    private static final String FLUSHED = "J 1 p1 0|I 2 u0 0|F 5000 5050 7 u4 2";

    private final List<String> findings = new ArrayList<>();
    private FlushChecker checker;

    private List<String> check(String one, String two) {
        findings.clear();
        checker = new FlushChecker(List.of(Logs.log("1", one), Logs.log("2", "J 2 p2 0|I 1 u0 0|" + two)),
                findings::add);
        checker.check();
        return findings;
    }

    @Test
    void whoHasWhatItConfirmedIsRight() {
        assertThat(check(FLUSHED, "K 1 6 u3 5050|K 1 7 u4 5051|K 1 9 u8 6000")).isEmpty();
        assertThat(checker.held).isEqualTo(1);
    }

    @Test
    void stateThatWasConfirmedAndIsNotThereIsFound() {
        assertThat(check(FLUSHED, "K 1 6 u4 5051|K 1 9 u8 6000"))
                .containsExactly("2 held 6 and u4 of 1 at 5051, but had confirmed 7 and u4 by 5050");
        assertThat(checker.held).isZero();
    }

    @Test
    void userDataThatWasConfirmedAndIsNotThereIsFound() {
        assertThat(check(FLUSHED, "K 1 8 u3 5051|K 1 9 u8 6000"))
                .containsExactly("2 held 8 and u3 of 1 at 5051, but had confirmed 7 and u4 by 5050");
    }

    @Test
    void aFlushSaysNothingOfWhoWasNotThereAllTheTime() {
        String lacks = "K 1 6 u3 9000";
        assertThat(check("J 1 p1 0|F 5000 5050 7 u4 3", lacks)).as("it is not among those who confirmed").isEmpty();
        assertThat(check("J 1 p1 0|I 2 u0 0|- 2 u0 6000|F 5000 5050 7 u4 2", lacks)).as("lost meanwhile").isEmpty();
        assertThat(check("J 1 p1 0|I 2 u0 0|- 2 u0 5010|+ 2 u0 5020|F 5000 5050 7 u4 2", lacks))
                .as("away for a moment").isEmpty();
        assertThat(check("J 1 p1 0|+ 2 u0 5001|F 5000 5050 7 u4 2", lacks)).as("came while it was asked").isEmpty();
        assertThat(check("J 1 p1 0|I 2 u0 0|- 2 u0 6051|F 5000 5050 7 u4 2", lacks)).as("left later").hasSize(1);
    }

    @Test
    void whoWasKilledBeforeItLookedProvesNothing() {
        assertThat(check(FLUSHED, "K 1 6 u3 5050")).isEmpty();
        assertThat(checker.held).isZero();
    }

    @Test
    void whatIsHeldOfAnotherNeverGoesBack() {
        assertThat(check("J 1 p1 0", "K 1 6 u3 5050|K 1 5 u3 5060"))
                .containsExactly("2 held 5 and u3 of 1 after 6 and u3");
        assertThat(check("J 1 p1 0", "K 1 6 u3 5050|K 1 6 u2 5060"))
                .containsExactly("2 held 6 and u2 of 1 after 6 and u3");
    }
}
