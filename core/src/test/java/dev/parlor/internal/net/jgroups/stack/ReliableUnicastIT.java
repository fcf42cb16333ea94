package dev.parlor.internal.net.jgroups.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.jgroups.JGroupsNetwork;
import dev.parlor.internal.net.jgroups.Members;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent to a member that ended without a word, and had not confirmed all. */
class ReliableUnicastIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final Members members = new Members();
    private final DISCARD cut = new DISCARD();

    @AfterEach
    void close() {
        cut.discardAll(false);
        members.close();
    }

    /** Counts what leaves for one. */
    public static final class Counting extends Protocol {
        private final Address to;
        private final AtomicInteger sent = new AtomicInteger();

        Counting(Address to) {
            this.to = to;
        }

        @Override
        public Object down(Message message) {
            if (to.equals(message.getDest())) {
                sent.incrementAndGet();
            }
            return super.down(message);
        }
    }

    @Test
    void nothingGoesOnToWhoIsGoneAndWhatItLackedIsSentWhenItIsBack() throws Exception {
        JGroupsNetwork one = members.join(1, null);
        JGroupsNetwork two = members.join(2, null);
        await().atMost(SOON).until(members::allSeeAll);
        Members.transport(two).getProtocolStack().insertProtocol(cut, ProtocolStack.Position.ABOVE, TP.class);
        Counting counting = new Counting(Members.transport(two).getAddress());
        Members.transport(one).getProtocolStack().insertProtocol(counting, ProtocolStack.Position.BELOW, UNICAST3.class);
        cut.discardAll(true);
        one.send(2, new byte[] {1});
        await().atMost(SOON).until(() -> counting.sent.get() > 10);
        assertThat(members.lastOf(0)).as("sent again while it is a member").hasSize(2);
        one.expel(List.of(2L));
        await().atMost(SOON).until(() -> members.lastOf(0).size() == 1);
        AtomicInteger before = new AtomicInteger();
        await().atMost(SOON).pollInterval(Duration.ofSeconds(3))
                .until(() -> before.getAndSet(counting.sent.get()) == counting.sent.get());
        int whenQuiet = counting.sent.get();
        cut.discardAll(false);
        await().atMost(SOON).until(members::allSeeAll);
        await().atMost(SOON).until(() -> counting.sent.get() > whenQuiet);
    }
}
