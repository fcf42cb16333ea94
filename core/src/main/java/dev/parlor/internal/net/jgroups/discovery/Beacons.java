package dev.parlor.internal.net.jgroups.discovery;

import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;

/**
 * MERGE3, whose members say of which view they are, to all at once: over a transport without multicast it would have each ask and
 * all answer, the square of their number. What it says goes the ways of discovery ({@link RoomDiscovery}).
 */
public final class Beacons extends MERGE3 {
    /** Known to others as MERGE3. */
    public Beacons() {
        this.id = ClassConfigurator.getProtocolId(MERGE3.class);
    }

    @Override
    public void init() throws Exception {
        super.init();
        transport_supports_multicasting = true;
    }

    /** Says now of which view this member is, and where it is reached: that may have changed. */
    void say() {
        if (view != null) {
            down_prot.down(new EmptyMessage().putHeader(getId(), createInfo()).setFlag(Message.TransientFlag.DONT_LOOPBACK));
        }
    }
}
