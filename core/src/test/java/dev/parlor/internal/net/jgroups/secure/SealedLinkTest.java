package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedLinkTest {
    private static final long A_SECOND = 1_000_000_000L;
    private static final byte[] KEY = DatagramCipher.keyOf("open sesame".toCharArray(), "cave");

    private record Posted(Address to, byte[] sealed) {}

    /** Somebody with the passphrase, or another one. */
    private static final class Side {
        private final List<Posted> posted = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private final PhysicalAddress address;
        private final SealedLink link;
        private final Strangers strangers = new Strangers("parlor-cluster", () -> this.nanos);
        private long refused;
        private boolean ofThisRoom;
        private long nanos = A_SECOND;

        Side(int port, Keyring keys) {
            this(port, keys, DatagramCipher.DATA);
        }

        Side(int port, Keyring keys, byte kind) {
            this.address = new IpAddress(InetAddress.getLoopbackAddress(), port);
            strangers.listener((count, room) -> {
                refused += count;
                ofThisRoom = room;
            });
            this.link = new SealedLink(keys, strangers, (to, sealed) -> posted.add(new Posted(to, sealed)), () -> nanos, kind);
        }

        byte[] says(String what) throws Exception {
            byte[] bytes = what.getBytes();
            return link.seal(bytes, 0, bytes.length);
        }

        void hears(PhysicalAddress from, byte[] sealed) {
            byte[] opened = link.open(from, sealed, 0, sealed.length);
            if (opened != null) {
                heard.add(new String(opened));
            }
        }

        List<Posted> takePosted() {
            List<Posted> taken = new ArrayList<>(posted);
            posted.clear();
            return taken;
        }
    }

    private final Side anna = new Side(1, new Keyring("cave", KEY));
    private final Side ben = new Side(2, new Keyring("cave", KEY));

    /** Carries questions and answers to and fro until there are none; gives what was carried. */
    private static List<byte[]> settle(Side one, Side other) {
        List<byte[]> carried = new ArrayList<>();
        while (!one.posted.isEmpty() || !other.posted.isEmpty()) {
            one.takePosted().forEach(each -> {
                carried.add(each.sealed());
                other.hears(one.address, each.sealed());
            });
            other.takePosted().forEach(each -> {
                carried.add(each.sealed());
                one.hears(other.address, each.sealed());
            });
        }
        return carried;
    }

    /** As discovery goes: who looks asks five times in half a second, and is answered. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3, 25, 75, 100, 125, 149, 150, 151, 175, 200, 400})
    void overAnyDelayWhoLooksIsAnsweredAfterTwoRoundTrips(long delayMillis) throws Exception {
        Side looks = new Side(3, new Keyring("cave", KEY), DatagramCipher.DISCOVERY);
        Side member = new Side(4, new Keyring("cave", KEY), DatagramCipher.DISCOVERY);
        PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
        for (int i = 0; i < 5; i++) {
            byte[] question = sealedAt(looks, i * 100, "who is there?");
            due.add(new Due(i * 100 + delayMillis, i, member, question));
        }
        for (int i = 0; i < 3; i++) {
            byte[] beacon = sealedAt(member, i * 700, "here");
            due.add(new Due(i * 700 + delayMillis, i, looks, beacon));
        }
        long order = 10;
        while (!due.isEmpty() && !looks.heard.contains("I")) {
            Due now = due.poll();
            now.to.nanos = A_SECOND + now.millis * 1_000_000;
            Side from = now.to == looks ? member : looks;
            now.to.hears(from.address, now.sealed);
            if (member.heard.remove("who is there?")) {
                due.add(new Due(now.millis + delayMillis, order++, looks, sealedAt(member, now.millis, "I")));
            }
            for (Posted each : now.to.takePosted()) {
                due.add(new Due(now.millis + delayMillis, order++, from, each.sealed()));
            }
            if (looks.heard.contains("I")) {
                assertThat(now.millis).isLessThanOrEqualTo(4 * delayMillis + 100);
            }
        }
        assertThat(looks.heard).contains("I");
    }

    private static byte[] sealedAt(Side side, long millis, String what) throws Exception {
        side.nanos = A_SECOND + millis * 1_000_000;
        return side.says(what);
    }

    private record Due(long millis, long order, Side to, byte[] sealed) {}

    @Test
    void whatComesIsTakenOnceItsSenderHasShownThatItIsThere() throws Exception {
        ben.hears(anna.address, anna.says("first"));
        assertThat(ben.heard).isEmpty();
        settle(anna, ben);
        ben.hears(anna.address, anna.says("second"));
        anna.hears(ben.address, ben.says("hello"));
        assertThat(ben.heard).containsExactly("second");
        assertThat(anna.heard).as("one greeting serves both").containsExactly("hello");
    }

    @Test
    void whatWasRecordedIsNotTakenAgain() throws Exception {
        List<byte[]> recorded = new ArrayList<>();
        byte[] early = anna.says("early");
        recorded.add(early);
        ben.hears(anna.address, early);
        recorded.addAll(settle(anna, ben));
        for (int i = 0; i < 10; i++) {
            byte[] said = anna.says("word " + i);
            recorded.add(said);
            ben.hears(anna.address, said);
        }
        assertThat(ben.heard).hasSize(10);
        ben.heard.clear();
        recorded.forEach(each -> ben.hears(anna.address, each));
        assertThat(ben.heard).as("in the same session, while its sender is there").isEmpty();

        Side later = new Side(3, new Keyring("cave", KEY));
        PhysicalAddress stranger = new IpAddress(InetAddress.getLoopbackAddress(), 666);
        for (int i = 0; i < 3; i++) {
            recorded.forEach(each -> later.hears(stranger, each));
            later.nanos += A_SECOND;
        }
        assertThat(later.heard).as("in a later session").isEmpty();
    }

    @Test
    void whatWasSaidBeforeSomebodyCameIsNotTakenWhenItsSenderIsStillThere() throws Exception {
        byte[] old = anna.says("old");
        ben.hears(anna.address, anna.says("something"));
        settle(anna, ben);
        ben.hears(anna.address, old);
        assertThat(ben.heard).isEmpty();
    }

    @Test
    void anAnswerToAnEarlierQuestionShowsNothing() throws Exception {
        ben.hears(anna.address, anna.says("x"));
        Posted question = ben.takePosted().get(0);
        anna.hears(ben.address, question.sealed());
        byte[] answer = anna.takePosted().get(0).sealed();
        for (int i = 0; i < 2; i++) {
            ben.nanos += 6 * A_SECOND;
            ben.hears(anna.address, anna.says("y"));
            assertThat(ben.takePosted()).as("asked again, with another question").hasSize(1);
        }
        ben.hears(anna.address, answer);
        ben.hears(anna.address, anna.says("z"));
        assertThat(ben.heard).isEmpty();
    }

    @Test
    void aRecordedQuestionOfWhoIsThereIsNotAnsweredAgain() throws Exception {
        anna.hears(ben.address, ben.says("x"));
        byte[] question = anna.posted.get(0).sealed();
        settle(anna, ben);
        for (int i = 0; i < 1_000; i++) {
            ben.hears(anna.address, question);
        }
        assertThat(ben.posted).isEmpty();
    }

    @Test
    void aLostQuestionOrAnswerIsMadeUpForByTheNext() throws Exception {
        ben.hears(anna.address, anna.says("x"));
        ben.takePosted();
        ben.hears(anna.address, anna.says("y"));
        assertThat(ben.posted).as("not for each datagram").isEmpty();
        ben.nanos += A_SECOND;
        ben.hears(anna.address, anna.says("z"));
        settle(anna, ben);
        ben.hears(anna.address, anna.says("now"));
        assertThat(ben.heard).containsExactly("now");
    }

    @Test
    void whoHasAnotherPassphraseIsToldSoAndNotHeard() throws Exception {
        Side stranger = new Side(4, new Keyring("cave", DatagramCipher.keyOf("close sesame".toCharArray(), "cave")));
        ben.hears(stranger.address, stranger.says("x"));
        assertThat(ben.refused).isEqualTo(1);
        assertThat(ben.ofThisRoom).isTrue();
        assertThat(ben.posted).hasSize(1);
        settle(ben, stranger);
        assertThat(stranger.ofThisRoom).as("it knows that somebody is here").isTrue();
        assertThat(stranger.posted).as("and does not answer that").isEmpty();
        for (int i = 0; i < 1_000; i++) {
            ben.hears(stranger.address, stranger.says("x"));
        }
        assertThat(ben.posted).as("no answer to a flood").isEmpty();
        assertThat(ben.heard).isEmpty();
        ben.nanos += A_SECOND;
        ben.hears(stranger.address, stranger.says("x"));
        assertThat(ben.refused).as("each is counted").isEqualTo(1_002);
    }

    @Test
    void whoIsInAnOpenRoomOfThisNameIsSeenToBe() {
        byte[] multicast = "..parlor-cluster and a message".getBytes();
        ben.hears(anna.address, multicast);
        assertThat(ben.ofThisRoom).isTrue();
    }

    @Test
    void anotherRoomAndGarbageAreNotOfThisRoom() throws Exception {
        Side stranger = new Side(4, new Keyring("grotto", DatagramCipher.keyOf("open sesame".toCharArray(), "grotto")));
        ben.hears(stranger.address, stranger.says("x"));
        ben.hears(stranger.address, new byte[1_000]);
        ben.nanos += A_SECOND;
        ben.hears(stranger.address, new byte[0]);
        assertThat(ben.refused).isEqualTo(3);
        assertThat(ben.ofThisRoom).isFalse();
        assertThat(ben.posted).isEmpty();
        assertThat(ben.heard).isEmpty();
    }

    @Test
    void nothingThatIsTooShortOrChangedIsTaken() throws Exception {
        ben.hears(anna.address, anna.says("x"));
        settle(anna, ben);
        byte[] whole = anna.says("whole");
        for (int length = 0; length < whole.length; length++) {
            ben.hears(anna.address, java.util.Arrays.copyOf(whole, length));
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            ben.hears(anna.address, changed);
        }
        assertThat(ben.heard).isEmpty();
        ben.hears(anna.address, whole);
        assertThat(ben.heard).containsExactly("whole");
    }

    @Test
    void recordingsOfManySendersDoNotCrowdOutThoseWhoAreThere() throws Exception {
        ben.hears(anna.address, anna.says("x"));
        settle(anna, ben);
        for (int i = 0; i < DatagramCipher.MAX_PEERS + 10; i++) {
            Side gone = new Side(5, new Keyring("cave", KEY));
            ben.hears(gone.address, gone.says("old"));
        }
        ben.hears(anna.address, anna.says("still here"));
        assertThat(ben.heard).containsExactly("still here");
    }

    private static Side discovering(int port) {
        return new Side(port, new Keyring("cave", KEY), DatagramCipher.DISCOVERY);
    }

    @Test
    void inDiscoveryTheFirstIsKeptUntilTheAnswer() throws Exception {
        Side cleo = discovering(3);
        Side dora = discovering(4);
        dora.hears(cleo.address, cleo.says("who is there?"));
        cleo.nanos += A_SECOND / 3;
        dora.nanos += A_SECOND / 3;
        settle(cleo, dora);
        assertThat(dora.heard).containsExactly("who is there?");
        dora.hears(cleo.address, cleo.says("again"));
        assertThat(dora.heard).containsExactly("who is there?", "again");
    }

    /** Its sender is there, and answers for the recording: but it says since when what it sent is recent. */
    @Test
    void inDiscoveryWhatWasRecordedEarlierInTheSessionIsNotTakenWithTheAnswer() throws Exception {
        Side cleo = discovering(3);
        byte[] old = cleo.says("I am at the old place");
        for (int i = 0; i < 10; i++) {
            cleo.nanos += A_SECOND;
            cleo.says("I am here");
        }
        Side dora = discovering(4);
        dora.hears(cleo.address, old);
        assertThat(dora.posted).as("it may be there").hasSize(1);
        settle(cleo, dora);
        assertThat(dora.heard).isEmpty();
        dora.hears(cleo.address, old);
        dora.hears(cleo.address, cleo.says("hello"));
        assertThat(dora.heard).containsExactly("hello");
    }

    @Test
    void whatGoesBesideTheTransportIsNotTakenForItNorTheOtherWayRound() throws Exception {
        Side cleo = discovering(3);
        cleo.hears(anna.address, anna.says("data"));
        anna.hears(cleo.address, cleo.says("discovery"));
        assertThat(cleo.posted).isEmpty();
        assertThat(anna.posted).isEmpty();
        settle(anna, ben);
        assertThat(cleo.heard).isEmpty();
        assertThat(anna.heard).isEmpty();
    }

    /** As a question who is there: it need not be asked again after a while, for those who have just been met. */
    @Test
    void whatWasSaidToAllIsSaidAgainToWhoeverIsMet() throws Exception {
        byte[] question = "who is there".getBytes();
        ben.hears(anna.address, anna.link.sealToAll(question, 0, question.length));
        assertThat(ben.heard).as("dropped: it may be a recording").isEmpty();
        settle(anna, ben);
        assertThat(ben.heard).containsExactly("who is there");
        assertThat(anna.heard).isEmpty();
    }

    @Test
    void itIsSaidAgainToEachOnceOnly() throws Exception {
        byte[] question = "who is there".getBytes();
        ben.hears(anna.address, anna.link.sealToAll(question, 0, question.length));
        List<byte[]> carried = settle(anna, ben);
        for (byte[] each : carried) {
            anna.hears(ben.address, each);
            ben.hears(anna.address, each);
        }
        settle(anna, ben);
        assertThat(ben.heard).containsExactly("who is there");
    }

    @Test
    void whoHasJoinedRepeatsNothing() throws Exception {
        byte[] question = "who is there".getBytes();
        byte[] sealed = anna.link.sealToAll(question, 0, question.length);
        anna.link.joined();
        ben.hears(anna.address, sealed);
        settle(anna, ben);
        ben.hears(anna.address, anna.link.sealToAll(new byte[] {'!'}, 0, 1));
        assertThat(ben.heard).containsExactly("!");
    }

    /** A multicast comes back to its sender, who need not meet itself. */
    @Test
    void whatIsOnesOwnIsNeitherOpenedNorAnswered() throws Exception {
        byte[] own = anna.says("hello");
        anna.hears(anna.address, own);
        assertThat(anna.posted).isEmpty();
        assertThat(anna.heard).isEmpty();
        assertThat(anna.refused).isZero();
    }
}
