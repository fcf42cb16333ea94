package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.NakAckHeader2;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.Table;

/** NAKACK2, which looks for what is missing less often where nothing comes and goes. */
public final class ReliableMulticast extends NAKACK2 {
    private final Looks looks = new Looks(this::triggerXmit);

    /** Known to the stack of others as NAKACK2. */
    public ReliableMulticast() {
        this.id = ClassConfigurator.getProtocolId(NAKACK2.class);
    }

    @Override
    public void start() throws Exception {
        super.start();
        if (getTransport() instanceof RoamingTcp tcp) {
            tcp.onRenewed(this::sayLastAgain);
        }
    }

    /** What was sent last may have been lost, and with it the number of the last message, by which others know that they miss one. */
    private void sayLastAgain() {
        if (last_seqno_resender != null) {
            last_seqno_resender = new LastSeqnoResender() { };
            looks.stir();
        }
    }

    @Override
    protected void startRetransmitTask() {
        if (xmit_interval > 0) {
            looks.begin(timer, xmit_interval);
        }
    }

    @Override
    protected void stopRetransmitTask() {
        looks.end();
    }

    @Override
    public Object down(Message message) {
        if (message.getDest() == null && !message.isFlagSet(Message.Flag.NO_RELIABILITY)) {
            looks.stir();
        }
        return super.down(message);
    }

    @Override
    public Object up(Message message) {
        if (isNews(message)) {
            looks.stir();
        }
        return super.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        looks.stir();
        super.up(batch);
    }

    /** Who has much to take takes no more of it: it asks again ten times a second, and would be sent the same as often. */
    @Override
    protected void handleXmitReq(Address requester, SeqnoList missing, Address originalSender) {
        if (RoamingTcp.waiting(getTransport(), requester) < ReliableUnicast.MUCH_BYTES) {
            super.handleXmitReq(requester, missing, originalSender);
        }
    }

    /** Whether it is more than the number of the last message, which has come. That is said twenty times. */
    private boolean isNews(Message message) {
        NakAckHeader2 header = message.getHeader(id);
        if (header == null || header.getType() != NakAckHeader2.HIGHEST_SEQNO) {
            return header != null;
        }
        Table<Message> received = xmit_table.get(message.getSrc());
        return received == null || received.getHighestReceived() < header.getSeqno() || received.getNumMissing() > 0;
    }
}
