package dev.parlor.internal.net.jgroups.discovery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;

/**
 * MERGE3, whose members say of which view they are, to all at once: over a transport without multicast it would have each ask and
 * all answer, the square of their number. What it says goes the ways of discovery ({@link RoomDiscovery}).
 */
public final class Beacons extends MERGE3 {
    /**
     * Members are of different views for a moment whenever one comes or goes. Who is so for longer has missed that the other does not
     * hear it: what it sends goes nowhere, as through a firewall that has forgotten a connection.
     */
    static final long APART_NANOS = 5_000_000_000L;

    private final Map<Address, Long> apartSince = new ConcurrentHashMap<>();
    private volatile Consumer<Address> apart = member -> { };

    /** Known to others as MERGE3. */
    public Beacons() {
        this.id = ClassConfigurator.getProtocolId(MERGE3.class);
    }

    @Override
    public void init() throws Exception {
        super.init();
        transport_supports_multicasting = true;
    }

    /** Hears of members that are in another view, and go on being so. */
    void onApart(Consumer<Address> told) {
        apart = told;
    }

    /** A member says of which view it is. */
    @Override
    protected void addInfo(Address sender, ViewId viewId, String logicalName, PhysicalAddress at) {
        super.addInfo(sender, viewId, logicalName, at);
        View own = view;
        if (own == null || !own.containsMember(sender) || own.getViewId().equals(viewId)) {
            apartSince.remove(sender);
            return;
        }
        long now = System.nanoTime();
        Long since = apartSince.putIfAbsent(sender, now);
        if (since != null && now - since > APART_NANOS) {
            apartSince.put(sender, now);
            apart.accept(sender);
        }
    }

    @Override
    public Object down(Event event) {
        if (event.getType() == Event.VIEW_CHANGE) {
            apartSince.clear();
        }
        return super.down(event);
    }

    /** Says now of which view this member is, and where it is reached: that may have changed. */
    void say() {
        if (view != null) {
            down_prot.down(new EmptyMessage().putHeader(getId(), createInfo()).setFlag(Message.TransientFlag.DONT_LOOPBACK));
        }
    }
}
