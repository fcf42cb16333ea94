package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SeqnoList;

/**
 * UNICAST3, which gives up on who is gone. JGroups sends the last message to a member that was killed again ten times a second,
 * and asks it for what it is missing from it, for four minutes after it has left the view. What is unconfirmed is kept as before:
 * if the member comes back, as after a partition, it is sent again.
 */
public final class ReliableUnicast extends UNICAST3 {
    /** So long after the last message to somebody who is no member, as at a join or a merge, it is sent again. */
    private static final long TRYING_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Who has so much to take, five of the largest messages, is not sent again what it asks for until it has. */
    static final long MUCH_BYTES = 256 << 10;

    private final Map<Address, Long> triedNanos = new ConcurrentHashMap<>();
    private final Looks looks = new Looks(this::triggerXmit);
    private volatile Set<Address> inView = Set.of();

    /** Known to the stack of others as UNICAST3. */
    public ReliableUnicast() {
        this.id = ClassConfigurator.getProtocolId(UNICAST3.class);
    }

    @Override
    public Object down(Event event) {
        if (event.getType() == Event.VIEW_CHANGE) {
            View view = event.getArg();
            inView = Set.copyOf(view.getMembers());
            triedNanos.keySet().removeIf(each -> inView.contains(each) || !isTried(each));
        }
        return super.down(event);
    }

    @Override
    public void startRetransmitTask() {
        looks.begin(timer, xmit_interval);
    }

    @Override
    public void stopRetransmitTask() {
        looks.end();
    }

    @Override
    public Object up(Message message) {
        if (message.getHeader(id) != null) {
            looks.stir();
        }
        return super.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        looks.stir();
        super.up(batch);
    }

    @Override
    public Object down(Message message) {
        Address to = message.getDest();
        if (to != null && !message.isFlagSet(Message.Flag.NO_RELIABILITY)) {
            looks.stir();
        }
        if (to != null && !inView.contains(to)) {
            triedNanos.put(to, System.nanoTime());
        }
        return super.down(message);
    }

    /** What waits to be written has not been lost: sent again ten times a second, it would be what keeps the rest waiting. */
    @Override
    protected void retransmit(Message message) {
        Address to = message.getDest();
        if (isTried(to) && RoamingTcp.waiting(getTransport(), to) == 0) {
            super.retransmit(message);
        }
    }

    @Override
    protected void retransmit(SeqnoList missing, Address sender, Address realDestination) {
        if (isTried(sender)) {
            super.retransmit(missing, sender, realDestination);
        }
    }

    /** As of what is sent to all ({@link ReliableMulticast#handleXmitReq}). */
    @Override
    protected void handleXmitRequest(Address sender, SeqnoList missing) {
        if (RoamingTcp.waiting(getTransport(), sender) < MUCH_BYTES) {
            super.handleXmitRequest(sender, missing);
        }
    }

    private boolean isTried(Address to) {
        Long since = triedNanos.get(to);
        return inView.contains(to) || since != null && System.nanoTime() - since < TRYING_NANOS;
    }
}
