package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.jgroups.transport.RoamingTcp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.Version;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MPING;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Discovery on all networks that this machine is on, beside a transport over TCP. Questions go to all at every interface; answers
 * to where the question came from. What members say of their view now and then, by which groups that were apart find each other,
 * goes the same way. Each datagram shows where its sender is reached from here.
 */
public final class LanDiscovery extends PING {
    private static final short MERGE_ID = ClassConfigurator.getProtocolId(MERGE3.class);
    /** To know who is asking: as many as members, and those who have left lately. */
    private static final int MAX_KNOWN = 4_096;

    private final Map<Address, InetSocketAddress> heardAt = new ConcurrentHashMap<>();
    private List<InetAddress> groups = List.of();
    private int port;
    private @Nullable MulticastSockets sockets;

    /** Known to others as MPING. */
    public LanDiscovery() {
        this.id = ClassConfigurator.getProtocolId(MPING.class);
    }

    /** Where to discover. Set once, before the start. */
    public void at(List<InetAddress> multicastGroups, int multicastPort) {
        groups = multicastGroups;
        port = multicastPort;
    }

    @Override
    public void start() throws Exception {
        MulticastSockets opened = new MulticastSockets(groups, port, this::take);
        sockets = opened;
        Thread reader = getThreadFactory().newThread(opened::read, "discovery");
        reader.setDaemon(true);
        reader.start();
        super.start();
    }

    @Override
    public void stop() {
        MulticastSockets open = sockets;
        sockets = null;
        if (open != null) {
            open.close();
        }
        super.stop();
    }

    @Override
    protected void sendMcastDiscoveryRequest(Message message) {
        sendToAll(message);
    }

    @Override
    public Object down(Message message) {
        if (message.getDest() == null && message.getHeader(MERGE_ID) != null) {
            sendToAll(message);
            return null;
        }
        return super.down(message);
    }

    @Override
    protected void sendDiscoveryResponse(List<PingData> list, Address asker) {
        InetSocketAddress to = heardAt.get(asker);
        if (to == null) {
            super.sendDiscoveryResponse(list, asker);
            return;
        }
        Message answer = new BytesMessage(asker).putHeader(id, new PingHeader(PingHeader.GET_MBRS_RSP)).setArray(marshal(list));
        byte[] datagram = datagram(answer);
        MulticastSockets open = sockets;
        if (open != null) {
            try {
                open.send(to, datagram);
            } catch (IOException e) {
                super.sendDiscoveryResponse(list, asker);
            }
        }
    }

    private void sendToAll(Message message) {
        MulticastSockets open = sockets;
        if (open != null) {
            open.sendToAll(datagram(message));
        }
    }

    private byte[] datagram(Message message) {
        try {
            if (message.getSrc() == null) {
                message.setSrc(local_addr);
            }
            ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(message.size() + 64);
            ((IpAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr))).writeTo(out);
            Util.writeMessage(message, out, true);
            return java.util.Arrays.copyOf(out.buffer(), out.position());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void take(InetSocketAddress from, ByteBuffer datagram, boolean byMulticast) {
        try {
            ByteArrayDataInputStream in = new ByteArrayDataInputStream(datagram.array(), datagram.position(), datagram.remaining());
            IpAddress given = new IpAddress();
            given.readFrom(in);
            if (!Version.isBinaryCompatible(in.readShort())) {
                return;
            }
            in.readByte();
            Message message = Util.readMessage(in);
            Address sender = message.getSrc();
            if (sender == null || sender.equals(local_addr)) {
                return;
            }
            if (heardAt.size() > MAX_KNOWN) {
                heardAt.clear();
            }
            heardAt.put(sender, from);
            if (getTransport() instanceof RoamingTcp tcp) {
                tcp.heard(given, from.getAddress());
            }
            up(message);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            log.debug("%s: a datagram of %s is none of discovery: %s", local_addr, from, e);
        }
    }
}
