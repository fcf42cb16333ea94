package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams of discovery between programs, at ports of their own on one machine. */
class DiscoveryLinkTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final byte[] KEY = DatagramCipher.keyOf("open sesame".toCharArray(), "cave");
    private static final byte[] OTHER_KEY = DatagramCipher.keyOf("close sesame".toCharArray(), "cave");

    private record Sent(int to, byte[] datagram) {}

    private static final class Program {
        private final int port;
        private final DiscoveryLink link;
        private final List<Sent> sent = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private long strangers;
        private boolean ofThisRoom;

        Program(int port, String room, byte[] key) {
            this.port = port;
            Strangers counted = new Strangers("parlor-" + room, System::nanoTime);
            counted.listener((count, here) -> {
                strangers += count;
                ofThisRoom = here;
            });
            this.link = new DiscoveryLink(port, "parlor-" + room, key == null ? null : new Keyring(room, key),
                    DatagramCipher.headOf(room), counted, (to, datagram) -> sent.add(new Sent(to.getPort(), datagram)));
        }

        byte[] says(String what) {
            return link.wrap(what.getBytes(StandardCharsets.UTF_8));
        }

        void hears(byte[] datagram) {
            byte[] content = link.unwrap(HOST, datagram);
            if (content != null) {
                heard.add(new String(content, StandardCharsets.UTF_8));
            }
        }
    }

    /** Carries what is asked and answered, until nothing more is. */
    private static void settle(Program... programs) {
        for (boolean any = true; any;) {
            any = false;
            for (Program from : programs) {
                List<Sent> taken = new ArrayList<>(from.sent);
                from.sent.clear();
                for (Sent each : taken) {
                    any = true;
                    Arrays.stream(programs).filter(to -> to.port == each.to()).forEach(to -> to.hears(each.datagram()));
                }
            }
        }
    }

    @Test
    void whatComesBackToItsSenderIsNobody() {
        Program ann = new Program(1, "cave", KEY);
        Program ben = new Program(2, "cave", KEY);
        ann.hears(ann.says("is anybody there?"));
        settle(ann, ben);
        assertThat(ann.link.met()).isZero();
        assertThat(ann.strangers).isZero();
        ann.hears(ben.says("is anybody there?"));
        assertThat(ann.link.met()).as("before its words can be read").isEqualTo(1);
        settle(ann, ben);
        assertThat(ann.heard).containsExactly("is anybody there?");
        assertThat(ann.link.met()).isEqualTo(1);
    }

    @Test
    void inAnOpenRoomWhatIsSaidIsHeardAsItIs() {
        Program anna = new Program(1, "cave", null);
        Program ben = new Program(2, "cave", null);
        byte[] datagram = anna.says("hello");
        assertThat(new String(datagram, 2, datagram.length - 2, StandardCharsets.US_ASCII)).isEqualTo("parlor-cavehello");
        assertThat(DiscoveryLink.portOf(datagram)).isEqualTo(1);
        ben.hears(datagram);
        assertThat(ben.heard).containsExactly("hello");
        assertThat(ben.sent).as("answers").isEmpty();
    }

    @Test
    void aPortBeyondHalfOfThem() {
        assertThat(DiscoveryLink.portOf(new Program(65_535, "cave", null).says(""))).isEqualTo(65_535);
    }

    @Test
    void anOpenRoomDoesNotHearAnotherNorRubbish() {
        Program ben = new Program(2, "cave", null);
        byte[] other = new Program(1, "hall", null).says("hello");
        ben.hears(other);
        for (int length = 0; length < 40; length++) {
            ben.hears(new byte[length]);
        }
        ben.hears(Arrays.copyOf(ben.says(""), 5));
        assertThat(ben.heard).isEmpty();
        assertThat(ben.sent).isEmpty();
        assertThat(ben.strangers).isZero();
    }

    @Test
    void anOpenRoomIsToldOfOneWithAPassphrase() {
        Program ben = new Program(2, "cave", null);
        ben.hears(new Program(1, "cave", KEY).says("hello"));
        assertThat(ben.heard).isEmpty();
        assertThat(ben.strangers).isOne();
        assertThat(ben.ofThisRoom).isTrue();
        assertThat(ben.sent).as("nobody answers what anybody can say").isEmpty();
    }

    @Test
    void theFirstDatagramIsKeptUntilTheAnswer() {
        Program anna = new Program(1, "cave", KEY);
        Program ben = new Program(2, "cave", KEY);
        ben.hears(anna.says("who is there?"));
        assertThat(ben.heard).isEmpty();
        settle(anna, ben);
        assertThat(ben.heard).containsExactly("who is there?");
        ben.hears(anna.says("again"));
        anna.hears(ben.says("me"));
        assertThat(ben.heard).containsExactly("who is there?", "again");
        assertThat(anna.heard).as("one exchange serves both").containsExactly("me");
    }

    @Test
    void ofWhatComesBeforeTheAnswerTheNewestIsTakenOnce() {
        Program anna = new Program(1, "cave", KEY);
        Program ben = new Program(2, "cave", KEY);
        byte[] first = anna.says("first");
        byte[] second = anna.says("second");
        ben.hears(first);
        ben.hears(second);
        ben.hears(first);
        settle(anna, ben);
        ben.hears(second);
        ben.hears(first);
        settle(anna, ben);
        assertThat(ben.heard).containsExactly("second");
    }

    @Test
    void whatWasRecordedIsNeverTaken() {
        Program anna = new Program(1, "cave", KEY);
        Program ben = new Program(2, "cave", KEY);
        byte[] early = anna.says("early");
        ben.hears(anna.says("hello"));
        settle(anna, ben);
        byte[] datagram = anna.says("once");
        ben.hears(datagram);
        ben.hears(datagram);
        ben.hears(early);
        Program later = new Program(3, "cave", KEY);
        // Anna has left, and nobody answers for her.
        later.hears(datagram);
        settle(later, ben);
        assertThat(ben.heard).containsExactly("hello", "once");
        assertThat(later.heard).isEmpty();
    }

    /** The port before what is sealed is anybody's to change: then who is asked does not answer, and nothing is taken. */
    @Test
    void anotherPortLeadsNowhere() {
        Program anna = new Program(1, "cave", KEY);
        Program ben = new Program(2, "cave", KEY);
        Program mallory = new Program(9, "cave", OTHER_KEY);
        byte[] turned = ByteBuffer.wrap(anna.says("hello")).putShort(0, (short) 9).array();
        ben.hears(turned);
        assertThat(ben.sent).extracting(Sent::to).containsExactly(9);
        settle(anna, ben, mallory);
        assertThat(ben.heard).isEmpty();
        assertThat(mallory.heard).isEmpty();
    }

    @Test
    void aStrangerIsCountedAndToldThatThereIsAPassphrase() {
        Program ben = new Program(2, "cave", KEY);
        ben.hears(new Program(9, "cave", OTHER_KEY).says("hello"));
        assertThat(ben.heard).isEmpty();
        assertThat(ben.strangers).isOne();
        assertThat(ben.ofThisRoom).isTrue();
        assertThat(ben.sent).singleElement().satisfies(each -> {
            assertThat(each.to()).isEqualTo(9);
            assertThat(Arrays.copyOfRange(each.datagram(), 2, each.datagram().length)).isEqualTo(DatagramCipher.headOf("cave"));
        });
    }

    @Test
    void aStrangerWithoutAPassphraseIsToldThatThereIsOne() {
        Program ben = new Program(2, "cave", KEY);
        Program stranger = new Program(9, "cave", null);
        ben.hears(stranger.says("hello"));
        assertThat(ben.sent).hasSize(1);
        settle(ben, stranger);
        assertThat(ben.heard).isEmpty();
        assertThat(stranger.ofThisRoom).isTrue();
    }

    @Test
    void aStrangerDoesNotMakeARoomTalk() {
        Program ben = new Program(2, "cave", KEY);
        Program stranger = new Program(9, "cave", OTHER_KEY);
        for (int i = 0; i < 1_000; i++) {
            ben.hears(stranger.says("hello"));
        }
        assertThat(ben.sent).as("ten a second, and this takes no second").hasSizeLessThan(100);
        assertThat(ben.heard).isEmpty();
    }

    @Test
    void anotherRoomWithAPassphraseIsNotHeard() {
        Program ben = new Program(2, "cave", KEY);
        ben.hears(new Program(1, "hall", DatagramCipher.keyOf("open sesame".toCharArray(), "hall")).says("hello"));
        assertThat(ben.heard).isEmpty();
        assertThat(ben.ofThisRoom).isFalse();
        assertThat(ben.sent).isEmpty();
    }

    @Test
    void whatWasChangedOnTheWayIsNotTaken() {
        Program anna = new Program(1, "cave", KEY);
        Program ben = new Program(2, "cave", KEY);
        ben.hears(anna.says("hello"));
        settle(anna, ben);
        byte[] datagram = anna.says("hello again");
        for (int at = 2; at < datagram.length; at++) {
            byte[] changed = datagram.clone();
            changed[at] ^= 1;
            ben.hears(changed);
        }
        assertThat(ben.heard).containsExactly("hello");
        ben.hears(datagram);
        assertThat(ben.heard).containsExactly("hello", "hello again");
    }

    @Test
    void whatIsAskedGoesToTheHostThatItCameFrom() {
        List<InetSocketAddress> asked = new ArrayList<>();
        DiscoveryLink link = new DiscoveryLink(2, "parlor-cave", new Keyring("cave", KEY), DatagramCipher.headOf("cave"),
                new Strangers("parlor-cave", System::nanoTime), (to, datagram) -> asked.add(to));
        link.unwrap(HOST, new Program(1, "cave", KEY).says("hello"));
        assertThat(asked).containsExactly(new InetSocketAddress(HOST, 1));
    }
}
