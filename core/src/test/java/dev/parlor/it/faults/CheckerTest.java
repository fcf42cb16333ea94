package dev.parlor.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doctored logs: a checker that finds nothing in them would find nothing in real ones either. */
class CheckerTest {
    private static final String HELD = "S own/1/2 2|S shared/1 1:4|S pair/1/a 2:1|S pair/1/b 2:1";

    @TempDir
    private Path dir;
    private Path one;
    private Path two;
    private Path killed;

    @BeforeEach
    void healthyLogs() throws IOException {
        // Of participant 1 the first key is removed and the second stays; participant 3 is killed after its third write.
        one = log("one", "J 1 p1 0|P own/1/1 1|N 1|P own/1/2 2|R own/1/1|N 2|I 2 u0 1|P shared/1 1:3|N 3|E shared/1 - 1:3"
                + "|P shared/1 1:4|N 4|E shared/1 1:3 1:4|" + HELD + "|Z");
        two = log("two", "J 2 p2 0|B pair/1 2:1|N 1|E shared/1 - 1:3|E shared/1 1:3 1:4|+ 1 u0 1|- 1 u0 9|" + HELD + "|Z");
        killed = log("killed", "J 3 p3 0|P shared/1 3:1|N 1|A 1 2|P own/3/1 1|N 2|P own/3/2 2");
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() throws IOException {
        Checker checker = check();
        assertThat(checker.findings).isEmpty();
        assertThat(checker).hasToString("7 writes acknowledged, 0 lost, 0 resurrected, 0 violations"
                + " (heard: 4 events, 0 messages, 0 of them to one, 0 excused for being late, 2 changes of"
                + " participants; seen to be held: 0 messages said in calm, 0 user data at rests,"
                + " 0 confirmations of flushes)");
    }

    @Test
    void aConfirmedWriteOfWhoWasKilledIsLostIfItIsNotThere() throws IOException {
        killed = log("killed", "J 3 p3 0|P shared/1 3:1|N 1|P own/3/1 1|N 2|A 2 1|P own/3/2 2|N 3");
        assertFinds(1, 0, 0, "lost own/3/1=1");
    }

    @Test
    void aWriteConfirmedByNobodyMayGoWithItsAuthor() throws IOException {
        killed = log("killed", "J 3 p3 0|P shared/1 3:1|N 1|P own/3/1 1|N 2|A 2 0");
        assertFinds(0, 0, 0);
    }

    @Test
    void aWriteOfWhoClosedIsLostIfItIsNotThere() throws IOException {
        killed = log("left", "J 3 p3 0|P own/3/1 1|N 1|Z");
        assertFinds(1, 0, 0, "lost own/3/1=1");
    }

    @Test
    void aWriteOfASurvivorIsLostIfAnotherValueIsThere() throws IOException {
        replaceInBoth("S own/1/2 2", "S own/1/2 1");
        assertFinds(1, 0, 0, "lost own/1/2=2");
    }

    @Test
    void aRemovedKeyThatIsThereIsResurrected() throws IOException {
        replaceInBoth("S own/1/2 2", "S own/1/2 2|S own/1/1 1");
        assertFinds(0, 1, 0, "own/1/1 was removed and is back");
    }

    @Test
    void aSharedKeyMustNotHoldWhatItsAuthorHasReplaced() throws IOException {
        replace(one, "E shared/1 1:3 1:4|", "");
        replace(two, "|E shared/1 1:3 1:4", "");
        replaceInBoth("S shared/1 1:4", "S shared/1 1:3");
        assertFinds(1, 0, 0, "lost shared/1=1:4, the older 1:3 is there");
    }

    @Test
    void aSharedKeyMustNotHoldWhatAnotherHadHeardOfWhenItWrote() throws IOException {
        replace(two, "E shared/1 1:3 1:4", "E shared/1 1:3 1:4|P shared/1 2:2|N 2");
        assertFinds(1, 0, 0, "lost shared/1=2:2, the older 1:4 is there");
    }

    @Test
    void aSharedKeyMustNotHoldWhatWasRemoved() throws IOException {
        replace(two, "E shared/1 1:3 1:4", "E shared/1 1:3 1:4|R shared/1|N 2");
        assertFinds(1, 0, 0, "lost the removal of shared/1, the older 1:4 is there");
    }

    @Test
    void concurrentWritesMayBeOrderedEitherWay() throws IOException {
        replace(two, "E shared/1 1:3 1:4", "P shared/1 2:2|N 2|R shared/1|N 3|E shared/1 1:3 1:4");
        assertFinds(0, 0, 0);
    }

    @Test
    void aSharedKeyThatNobodyRemovedIsLostIfItIsNotThere() throws IOException {
        replace(two, "- 1 u0 9", "- 1 u0 9|R shared/2|P shared/2 2:2|N 2");
        assertFinds(1, 0, 0, "lost shared/2: it is not there, and nobody removed it last");
        replace(one, "P shared/1 1:4|N 4", "P shared/1 1:4|N 4|R shared/2|N 5");
        assertFinds(0, 0, 0);
    }

    @Test
    void survivorsMustHoldTheSame() throws IOException {
        replace(two, "S shared/1 1:4", "S shared/1 1:3");
        // What it holds is not what it heard either, but that is measured by the content of the first.
        assertFinds(0, 0, 1, "2 ends with another content: [shared/1=1:3] instead of [shared/1=1:4]");
    }

    @Test
    void aSurvivorThatMissesAKeyDiffers() throws IOException {
        replace(two, "|S shared/1 1:4", "");
        assertFinds(0, 0, 1, "2 ends with another content: [] instead of [shared/1=1:4]");
    }

    @Test
    void aValueThatNobodyWroteIsFound() throws IOException {
        replaceInBoth("S shared/1 1:4", "S shared/1 9:9");
        assertThat(check().findings).contains("shared/1=9:9 was never written");
    }

    @Test
    void aBatchTornInTheEndIsFoundWhicheverHalfIsMissing() throws IOException {
        replaceInBoth("|S pair/1/a 2:1", "");
        assertFinds(1, 0, 1, "lost pair/1/a: it is not there, and nobody removed it last",
                "pair/1/b=2:1 is half of a batch");
        healthyLogs();
        replaceInBoth("|S pair/1/b 2:1", "");
        assertFinds(1, 0, 1, "lost pair/1/b: it is not there, and nobody removed it last",
                "pair/1/a=2:1 is half of a batch");
    }

    @Test
    void aBatchSeenTornOnTheWayIsFound() throws IOException {
        replace(two, "+ 1 u0 1", "T pair/1 2:1 2:0|+ 1 u0 1");
        assertFinds(0, 0, 1, "saw a batch torn: T pair/1 2:1 2:0");
    }

    @Test
    void aCountReadByItsOwnWriterThatIsNotWhatItWroteLastIsFound() throws IOException {
        replace(two, "+ 1 u0 1", "V count/2 4 5|+ 1 u0 1");
        assertFinds(0, 0, 1, "read of its own count what it had not written last: V count/2 4 5");
    }

    @Test
    void anEventThatDoesNotFollowFromTheOneBeforeIsFound() throws IOException {
        replace(two, "E shared/1 1:3 1:4", "E shared/1 1:2 1:4");
        assertFinds(0, 0, 1, "heard shared/1 changing from 1:2, but 1:3 before");
    }

    @Test
    void anEventThatWasNeverToldIsFound() throws IOException {
        replace(two, "|E shared/1 1:3 1:4", "");
        assertFinds(0, 0, 1, "heard shared/1=1:3 last, there is 1:4");
    }

    @Test
    void aListenerThatFailedIsFound() throws IOException {
        replace(two, "+ 1", "W LISTENER_FAILED 9 text|+ 1");
        assertFinds(0, 0, 1, "was warned: W LISTENER_FAILED 9 text");
    }

    @Test
    void whatTheOtherCheckersFindCounts() throws IOException {
        replace(two, "- 1 u0 9", "M 1 7 * 7 u0 u0 9|H 1 2 u0|H 1 1 u0");
        replace(one, "|" + HELD, "|U u5|F 7 8 7 u5 2|H 1 1 u5|H 1 2 u0|" + HELD);
        Files.writeString(two, Files.readString(two) + tabbed("K 1 6 u4 9\n"));
        assertFinds(0, 0, 3, "2 heard message 7 of 1 to *, which was never said",
                "2 holds u0 of 1 at rest 1, it has set u5",
                "2 held 6 and u4 of 1 at 9, but had confirmed 7 and u5 by 8");
    }

    @Test
    void whatOneCheckFindsManyTimesDoesNotHideWhatAnotherFinds() throws IOException {
        replace(two, "+ 1", "T pair/1 2:1 2:0|".repeat(60) + "M 1 7 * 7 u0 u0 9|+ 1");
        Checker checker = check();
        assertThat(checker.violations).isEqualTo(61);
        assertThat(checker.findings).hasSizeLessThan(20).contains("2 heard message 7 of 1 to *, which was never said");
    }

    @Test
    void theLastLineOfWhoWasKilledMayBeThereInPart() throws IOException {
        Files.writeString(killed, Files.readString(killed) + "P\tsha");
        assertFinds(0, 0, 0);
    }

    @Test
    void ifNobodyIsLeftNothingIsProved() throws IOException {
        Checker checker = Checker.check(List.of(one, two, killed), List.of(), List.of(), Set.of());
        assertThat(checker.violations).isEqualTo(1);
        assertThat(checker.findings).containsExactly("nobody is left");
    }

    private Checker check() throws IOException {
        return Checker.check(List.of(one, two, killed), List.of(one, two), List.of(), Set.of());
    }

    private void assertFinds(long lost, long resurrected, long violations, String... findings) throws IOException {
        Checker checker = check();
        assertThat(checker.findings).containsExactly(findings);
        assertThat(List.of(checker.lost, checker.resurrected, checker.violations))
                .containsExactly(lost, resurrected, violations);
    }

    /** Lines between bars, words between blanks. */
    private Path log(String name, String lines) throws IOException {
        return Files.writeString(dir.resolve(name), tabbed(lines) + "\n");
    }

    private void replaceInBoth(String what, String by) throws IOException {
        replace(one, what, by);
        replace(two, what, by);
    }

    private static void replace(Path log, String what, String by) throws IOException {
        String text = Files.readString(log);
        assertThat(text).contains(tabbed(what));
        Files.writeString(log, text.replace(tabbed(what), tabbed(by)));
    }

    private static String tabbed(String lines) {
        return lines.replace(' ', '\t').replace('|', '\n');
    }
}
