package dev.parlor.demo.desktop.net;

import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;

/**
 * A protocol of JGroups right above the transport that lets nothing through while this program's plug is pulled. Public for
 * JGroups, which makes it from the stack's XML.
 */
public final class PlugProtocol extends Protocol {
    /** Of all rooms of this program, as a network cable is. */
    private static volatile boolean pulled;

    static void pull(boolean out) {
        pulled = out;
    }

    static boolean isPulled() {
        return pulled;
    }

    @Override
    public Object down(Message message) {
        return pulled ? null : down_prot.down(message);
    }

    @Override
    public Object up(Message message) {
        return pulled ? null : up_prot.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        if (!pulled) {
            up_prot.up(batch);
        }
    }
}
