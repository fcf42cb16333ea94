package dev.parlor.internal.net.jgroups.roaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {
    private static final int PORT = 7_914;
    private static final IpAddress GIVEN = place("192.168.1.5");
    private static final InetAddress OWN = host("192.168.1.5");
    private static final InetAddress OTHER = host("10.0.0.5");
    private static final InetAddress THIRD = host("10.0.0.6");
    private static final long A_MOMENT = 1_000_000L;

    private long nanos = Paths.FRESH_NANOS;
    private final Paths paths = new Paths(() -> nanos);

    private static InetAddress host(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static IpAddress place(String text) {
        return new IpAddress(host(text), PORT);
    }

    @Test
    void whoWasNeverHeardIsReachedWhereItSays() {
        assertThat(paths.of(GIVEN)).isEqualTo(GIVEN);
        assertThat(paths.isBlocked(GIVEN)).isFalse();
        assertThat(paths.isFailing(GIVEN)).isFalse();
        assertThat(paths.back(GIVEN)).isNull();
        assertThat(paths.reachedAt(GIVEN)).isEmpty();
    }

    @Test
    void whoIsHeardWhereItSaysIsReachedThere() {
        assertThat(paths.heard(GIVEN, OWN)).as("no connection to end").isEmpty();
        assertThat(paths.of(GIVEN)).isEqualTo(GIVEN);
        assertThat(paths.reachedAt(GIVEN)).containsExactly(GIVEN);
    }

    @Test
    void ofManyEachIsFoundByWhereItIsReached() {
        for (int host = 1; host <= 9; host++) {
            paths.heard(place("192.168.1." + host), host("10.0.0." + host));
        }
        for (int host = 1; host <= 9; host++) {
            assertThat(paths.reachedAt(place("10.0.0." + host))).containsExactly(place("192.168.1." + host));
            assertThat(paths.isHeardAt(place("10.0.0." + host))).isTrue();
            assertThat(paths.scoped(host("10.0.0." + host))).isEqualTo(host("10.0.0." + host));
        }
    }

    @Test
    void whoIsHeardByNoWayForSomeSecondsIsAway() {
        assertThat(paths.isAway(GIVEN)).as("never heard").isFalse();
        paths.heard(GIVEN, OWN);
        nanos += Paths.AWAY_NANOS;
        paths.heard(GIVEN, OTHER);
        nanos += A_MOMENT;
        assertThat(paths.isAway(GIVEN)).as("heard otherwise").isFalse();
        nanos += Paths.AWAY_NANOS;
        assertThat(paths.isAway(GIVEN)).isTrue();
        paths.heard(GIVEN, OWN);
        assertThat(paths.isAway(GIVEN)).isFalse();
    }

    @Test
    void whereOthersAreReachedIsKnownWhileTheyAreHeard() {
        assertThat(paths.reached()).isEmpty();
        paths.heard(GIVEN, OTHER);
        paths.heard(place("192.168.1.6"), THIRD);
        assertThat(paths.reached()).containsExactlyInAnyOrder(OTHER, THIRD);
        nanos += Paths.FRESH_NANOS;
        paths.heard(GIVEN, OTHER);
        assertThat(paths.reached()).containsExactly(OTHER);
    }

    @Test
    void whoIsHeardElsewhereIsReachedThere() {
        assertThat(paths.heard(GIVEN, OTHER)).as("a connection to where it says").contains(GIVEN);
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
        assertThat(paths.reachedAt(place("10.0.0.5"))).containsExactly(GIVEN);
        assertThat(paths.reachedAt(GIVEN)).isEmpty();
    }

    /** Where both are heard and a third, which was used, is silent by then, the better is taken, whichever came first. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 10.0.0.5", "192.168.1.5, 10.0.0.5", "10.0.0.5, 203.0.113.5", "203.0.113.5, 2001:db8::5",
            "2001:db8::5, fe80::5"})
    void theBetterOfTwo(String better, String worse) {
        for (List<String> order : List.of(List.of(better, worse), List.of(worse, better))) {
            Paths both = new Paths(() -> nanos);
            both.heard(GIVEN, THIRD);
            nanos += Paths.FRESH_NANOS - 1;
            order.forEach(each -> both.heard(GIVEN, host(each)));
            nanos += 1;
            both.heard(GIVEN, host(worse));
            assertThat(both.of(GIVEN)).as("%s, heard in the order %s", better, order).isEqualTo(place(better));
        }
    }

    @Test
    void whatServesIsKeptThoughAnotherIsAsGood() {
        paths.heard(GIVEN, OTHER);
        assertThat(paths.heard(GIVEN, THIRD)).isEmpty();
        assertThat(paths.heard(GIVEN, host("2001:db8::5"))).isEmpty();
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
    }

    /** Somebody may have passed on what the member said, from an address of its own. */
    @Test
    void itsOwnAddressTakesThePlaceOfAnyOther() {
        paths.heard(GIVEN, OTHER);
        assertThat(paths.heard(GIVEN, OWN)).contains(place("10.0.0.5"));
        assertThat(paths.of(GIVEN)).isEqualTo(GIVEN);
        assertThat(paths.heard(GIVEN, OTHER)).isEmpty();
        assertThat(paths.of(GIVEN)).isEqualTo(GIVEN);
    }

    @Test
    void itsOwnAddressThatTakesNoConnectionsDoesNotTakeThePlaceOfOneThatDoes() {
        paths.heard(GIVEN, OWN);
        paths.failed(GIVEN);
        assertThat(paths.heard(GIVEN, OTHER)).contains(GIVEN);
        nanos += Paths.BLOCKED_NANOS;
        paths.heard(GIVEN, OWN);
        paths.heard(GIVEN, OTHER);
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
    }

    @Test
    void whatIsSilentForFourSecondsIsLeftForWhatIsHeard() {
        paths.heard(GIVEN, OWN);
        nanos += Paths.FRESH_NANOS - 1;
        assertThat(paths.heard(GIVEN, OTHER)).isEmpty();
        assertThat(paths.of(GIVEN)).isEqualTo(GIVEN);
        nanos += 1;
        assertThat(paths.heard(GIVEN, OTHER)).contains(GIVEN);
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
        assertThat(Paths.FRESH_NANOS).isEqualTo(4_000_000_000L);
    }

    @Test
    void whatIsSilentIsUsedWhereNothingElseIsHeard() {
        paths.heard(GIVEN, OTHER);
        nanos += 100 * Paths.FRESH_NANOS;
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
    }

    @Test
    void whatTakesNoConnectionIsLeftForAnotherSource() {
        paths.heard(GIVEN, OWN);
        paths.heard(GIVEN, OTHER);
        paths.failed(GIVEN);
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
        assertThat(paths.isBlocked(GIVEN)).isFalse();
        assertThat(paths.isFailing(GIVEN)).as("there is one more").isFalse();
        paths.failed(GIVEN);
        assertThat(paths.isBlocked(GIVEN)).isTrue();
        assertThat(paths.isFailing(GIVEN)).isTrue();
    }

    @Test
    void whatTakesNoConnectionIsTriedAgainAfterTwoSeconds() {
        paths.heard(GIVEN, OWN);
        paths.failed(GIVEN);
        nanos += Paths.BLOCKED_NANOS - 1;
        assertThat(paths.isBlocked(GIVEN)).isTrue();
        nanos += 1;
        assertThat(paths.isBlocked(GIVEN)).isFalse();
        assertThat(paths.isFailing(GIVEN)).as("until it works").isTrue();
        paths.worked(GIVEN);
        assertThat(paths.isFailing(GIVEN)).isFalse();
    }

    @Test
    void whoWasNeverHeardAndTakesNoConnectionIsBlockedToo() {
        paths.failed(GIVEN);
        assertThat(paths.isBlocked(GIVEN)).isTrue();
        assertThat(paths.of(GIVEN)).isEqualTo(GIVEN);
        nanos += A_MOMENT;
        paths.heard(GIVEN, OTHER);
        assertThat(paths.isBlocked(GIVEN)).isFalse();
    }

    @Test
    void anotherNetworkIsAnotherChance() {
        paths.heard(GIVEN, OWN);
        paths.failed(GIVEN);
        paths.networkChanged();
        assertThat(paths.isBlocked(GIVEN)).isFalse();
        assertThat(paths.isFailing(GIVEN)).isFalse();
    }

    @Test
    void aConnectionThatAMemberHasOpenedServesBoth() {
        PhysicalAddress first = new IpAddress(OTHER, 40_001);
        PhysicalAddress second = new IpAddress(OTHER, 40_002);
        paths.opened(GIVEN, first);
        assertThat(paths.back(GIVEN)).isEqualTo(first);
        paths.opened(GIVEN, second);
        assertThat(paths.back(GIVEN)).isEqualTo(second);
        assertThat(paths.reachedAt(second)).containsExactly(GIVEN);
        assertThat(paths.reachedAt(first)).isEmpty();
        assertThat(paths.of(GIVEN)).as("it is no place to connect to").isEqualTo(GIVEN);
    }

    /** Somebody who can speak from many addresses, in an open room, or passes on what the member said. */
    @Test
    void manySourcesDoNotPushOutTheOneInUse() {
        paths.heard(GIVEN, OTHER);
        for (int i = 0; i < 100 * Paths.MAX_SOURCES; i++) {
            nanos += A_MOMENT;
            paths.heard(GIVEN, host("10.1." + i / 256 + "." + i % 256));
            if (i % 256 == 0) {
                paths.heard(GIVEN, OTHER);
            }
            assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
        }
    }

    @Test
    void strangersDoNotPushOutThoseWhoAreSentTo() {
        paths.heard(GIVEN, OTHER);
        for (int i = 0; i < 2 * Paths.MAX_KNOWN; i++) {
            paths.heard(new IpAddress(THIRD, 1 + i), OTHER);
            paths.of(GIVEN);
        }
        assertThat(paths.of(GIVEN)).isEqualTo(place("10.0.0.5"));
        assertThat(paths.of(new IpAddress(THIRD, 1))).as("the oldest stranger is forgotten").isEqualTo(new IpAddress(THIRD, 1));
        assertThat(Arrays.asList(paths.heard(new IpAddress(THIRD, 1), THIRD))).containsExactly(Optional.empty());
    }

    @Test
    void whoIsHeardAndSaysNothingOnItsConnectionIsToldSo() {
        Talk talk = new Talk(() -> nanos);
        IpAddress connection = new IpAddress(OWN, 40_000);
        paths.heard(GIVEN, OWN);
        assertThat(paths.isUnheard(GIVEN, talk, there -> true)).as("of one that has opened none").isFalse();
        paths.opened(GIVEN, connection);
        assertThat(paths.isUnheard(GIVEN, talk, there -> true)).as("of one that is new").isFalse();
        talk.heard(connection);
        nanos += Paths.SILENT_NANOS;
        paths.heard(GIVEN, OWN);
        assertThat(paths.isUnheard(GIVEN, talk, there -> true)).isFalse();
        nanos += A_MOMENT;
        assertThat(paths.isUnheard(GIVEN, talk, there -> true)).isTrue();
        assertThat(paths.isUnheard(GIVEN, talk, there -> false)).as("of one that has ended").isFalse();
        talk.heard(connection);
        assertThat(paths.isUnheard(GIVEN, talk, there -> true)).isFalse();
        nanos += Paths.SILENT_NANOS + A_MOMENT;
        assertThat(paths.isUnheard(GIVEN, talk, there -> true)).as("of one that is not heard by any way").isFalse();
    }

    @Test
    void aConnectionIsNotGivenUpForAnotherAsLongAsItIsNew() {
        assertThat(paths.renews(GIVEN)).as("of who is not known").isFalse();
        paths.heard(GIVEN, OWN);
        assertThat(paths.renews(GIVEN)).isTrue();
        assertThat(paths.renews(GIVEN)).as("at once again").isFalse();
        nanos += Paths.SILENT_NANOS;
        paths.worked(GIVEN);
        assertThat(paths.renews(GIVEN)).as("just after it was opened").isFalse();
        nanos += Paths.SILENT_NANOS;
        assertThat(paths.renews(GIVEN)).isTrue();
    }
}
