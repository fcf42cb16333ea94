package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Doctored logs of messages: 1 says them, 2 and 3 hear them. Words of a line: see {@link PeerLog}. */
class MessageCheckerTest {
    private static final String JOINED = "J 1 p1 0|I 2 u0 0|I 3 u0 0|";
    private static final String SAID = JOINED + "C 4 * 5000|C 6 2 5010|C 9 * 5020|";
    private static final Calm CALM = new Calm(3_000, 6_000, 8_000);

    private final List<String> findings = new ArrayList<>();
    private MessageChecker checker;

    private List<String> check(String one, String two, String three) {
        findings.clear();
        checker = new MessageChecker(List.of(Logs.log("1", one), Logs.log("2", "J 2 p2 0|I 1 u0 0|I 3 u0 0|" + two),
                Logs.log("3", "J 3 p3 0|I 1 u0 0|I 2 u0 0|" + three)), findings::add);
        checker.check(List.of(CALM));
        return findings;
    }

    /** What 2 hears, where 3 hears what it must. */
    private List<String> checkHeardByTwo(String two) {
        return check(SAID, two, "M 1 4 * 4 u0 u0 5003|M 1 9 * 9 u0 u0 5023|");
    }

    @Test
    void allHeardInOrderAfterWhatTheyFollowIsRight() {
        assertThat(checkHeardByTwo("M 1 4 * 5 u0 u0 5001|M 1 6 2 6 u5 u3 5011|M 1 9 * 9 u8 u8 5021")).isEmpty();
        assertThat(checker.heard).isEqualTo(5);
        assertThat(checker.direct).isEqualTo(1);
        assertThat(checker.due).isEqualTo(5);
        assertThat(checker.excused).isZero();
    }

    @Test
    void aMessageToldBeforeTheStateItFollowsIsFound() {
        assertThat(checkHeardByTwo("M 1 4 * 3 u0 u0 5001|M 1 6 2 6 u0 u0 5011|M 1 9 * 9 u0 u0 5021"))
                .containsExactly("2 heard message 4 of 1 before the state it follows: it held the count 3");
    }

    @Test
    void aMessageToOneToldBeforeTheStateItFollowsIsFound() {
        assertThat(checkHeardByTwo("M 1 4 * 4 u0 u0 5001|M 1 6 2 4 u0 u0 5011|M 1 9 * 9 u0 u0 5021"))
                .containsExactly("2 heard message 6 of 1 before the state it follows: it held the count 4");
    }

    @Test
    void aMessageToldBeforeTheUserDataItFollowsIsFound() {
        assertThat(checkHeardByTwo("M 1 4 * 4 u0 u2 5001|M 1 6 2 6 - u2 5011|M 1 9 * 9 u2 u2 5021")).containsExactly(
                "2 heard message 4 of 1 before the user data u2 that it follows: it held u0",
                "2 heard message 6 of 1 before the user data u2 that it follows: it held -");
    }

    @Test
    void aMessageHeardTwiceIsFoundEvenAfterAWarning() {
        assertThat(checkHeardByTwo("W MESSAGES_LATE 5000 text|M 1 4 * 4 u0 u0 5001|M 1 4 * 4 u0 u0 5002"
                + "|M 1 6 2 6 u0 u0 5011|M 1 9 * 9 u0 u0 5021")).containsExactly("2 heard message 4 of 1 twice");
    }

    @Test
    void messagesOutOfOrderAreFoundAlsoBetweenThoseToOneAndThoseToAll() {
        assertThat(checkHeardByTwo("M 1 6 2 6 u0 u0 5011|M 1 4 * 6 u0 u0 5012|M 1 9 * 9 u0 u0 5021"))
                .containsExactly("2 heard message 4 of 1 after 6");
        assertThat(checkHeardByTwo("M 1 4 * 4 u0 u0 5001|M 1 9 * 9 u0 u0 5021|M 1 6 2 9 u0 u0 9022"))
                .containsExactly("2 heard message 6 of 1 after 9");
    }

    @Test
    void oneToAllWhoseRetransmissionTookLongMayComeAfterOneToOneOnly() {
        assertThat(checkHeardByTwo("M 1 6 2 6 u0 u0 7005|M 1 4 * 6 u0 u0 7012|M 1 9 * 9 u0 u0 7021")).isEmpty();
        assertThat(checker.excused).isEqualTo(1);
        assertThat(checkHeardByTwo("M 1 6 2 6 u0 u0 7005|M 1 9 * 9 u0 u0 7008|M 1 4 * 9 u0 u0 7012"))
                .containsExactly("2 heard message 4 of 1 after 9");
    }

    @Test
    void whatTheLibraryWarnedOfMayBeLateForASecond() {
        String late = "M 1 6 2 2 u0 u2 %d|M 1 9 * 9 u2 u2 10900|M 1 4 * 9 u2 u2 11000";
        assertThat(checkHeardByTwo("W MESSAGES_LATE 10010 text|" + late.formatted(10_011))).isEmpty();
        assertThat(checker.excused).isEqualTo(2);
        assertThat(checkHeardByTwo("W MESSAGES_LATE 10010 text|" + late.formatted(11_011))).containsExactly(
                "2 heard message 6 of 1 before the state it follows: it held the count 2",
                "2 heard message 6 of 1 before the user data u2 that it follows: it held u0");
        // A warning from before the message was sent is about another.
        assertThat(checkHeardByTwo("W MESSAGES_LATE 4999 text|M 1 6 2 6 u0 u0 7005|M 1 9 * 9 u0 u0 7006"
                + "|M 1 4 * 9 u0 u0 7007"))
                .containsExactly("2 heard message 4 of 1 after 9");
        assertThat(checkHeardByTwo("W MESSAGES_LATE 10010 text|M 1 4 * 4 u0 u0 5001|M 1 9 * 9 u0 u0 10011|M 1 6 2 9 u0 u0 10012"))
                .as("one to one is not heard any more").containsExactly("2 heard message 6 of 1 after 9");
        assertThat(checkHeardByTwo("W NAME_CLASH 10010 text|" + late.formatted(10_011))).hasSize(3);
    }

    @Test
    void aMessageNeverSaidOrForSomebodyElseIsFound() {
        String right = "M 1 4 * 4 u0 u0 5001|M 1 6 2 6 u0 u0 5011|M 1 9 * 9 u0 u0 5021";
        assertThat(checkHeardByTwo(right + "|M 1 10 * 10 u0 u0 5030"))
                .containsExactly("2 heard message 10 of 1 to *, which was never said");
        assertThat(checkHeardByTwo(right + "|M 7 1 * 1 u0 u0 5030"))
                .containsExactly("2 heard message 1 of 7 to *, which was never said");
        assertThat(check(SAID, right, "M 1 4 * 4 u0 u0 5003|M 1 6 2 6 u0 u0 5011|M 1 9 * 9 u0 u0 5023"))
                .containsExactly("3 heard message 6 of 1, which was for 2");
    }

    @Test
    void inCalmEveryMessageMustBeHeardByAllOrByTheOne() {
        assertThat(checkHeardByTwo("M 1 9 * 9 u0 u0 5021")).containsExactlyInAnyOrder(
                "2 never heard message 4 of 1 to *, sent in calm at 5000",
                "2 never heard message 6 of 1 to 2, sent in calm at 5010");
    }

    @Test
    void amidFaultsMessagesMayBeLost() {
        assertThat(check(JOINED + "C 4 * 2999|C 6 2 6001", "", "")).isEmpty();
        assertThat(checker.due).isZero();
    }

    @Test
    void messagesMayBeLostByWhoIsNotSeenAndWhileAnybodyComesOrGoes() {
        assertThat(check("J 1 p1 0|C 4 * 5000", "", "")).as("1 sees nobody").isEmpty();
        assertThat(check(JOINED + "C 4 * 5000", "- 1 u0 3500", "- 1 u0 4900|+ 1 u0 5100")).as("unseen").isEmpty();
        assertThat(check(JOINED + "C 4 * 5000|+ 4 u0 7900", "", "")).as("the view changes").isEmpty();
        assertThat(check(JOINED + "- 3 u0 2000|C 4 * 5000", "M 1 4 * 4 u0 u0 5001", "")).as("3 is gone").isEmpty();
        assertThat(checker.due).isEqualTo(1);
    }
}
