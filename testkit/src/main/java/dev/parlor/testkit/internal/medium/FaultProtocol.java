package dev.parlor.testkit.internal.medium;

import dev.parlor.internal.session.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.annotations.Property;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A protocol of JGroups right above the transport that does to packets what the test says. JGroups makes it from the stack's
 * XML.
 */
public final class FaultProtocol extends Protocol {
    /** Which network it belongs to. */
    @Property(description = "The id of the network")
    private String network = "";

    /** Not for others to make: JGroups does. */
    public FaultProtocol() {}

    private @Nullable JGroupsMedium medium() {
        return JGroupsMedium.of(network);
    }

    @Override
    public @Nullable Object down(Message message) {
        JGroupsMedium medium = medium();
        if (medium != null) {
            medium.pass(idOf(getAddress()), () -> down_prot.down(message));
        }
        return null;
    }

    @Override
    public @Nullable Object up(Message message) {
        JGroupsMedium medium = medium();
        if (medium != null) {
            medium.carry(idOf(message.getSrc()), idOf(getAddress()), () -> up_prot.up(message));
        }
        return null;
    }

    @Override
    public void up(MessageBatch batch) {
        List<Message> messages = new ArrayList<>();
        batch.forEach(messages::add);
        messages.forEach(this::up);
    }

    private static long idOf(Address address) {
        return address instanceof UUID uuid ? uuid.getLeastSignificantBits() & Stamp.MAX_AUTHOR : 0;
    }
}
