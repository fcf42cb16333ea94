package dev.parlor.internal.net.jgroups.router;

import java.io.DataInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.logging.Log;
import org.jgroups.protocols.PingData;
import org.jgroups.stack.GossipData;
import org.jgroups.stack.GossipType;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.RouterStub;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a router, from its opening to its end; for the next one another is made, so that nothing of a connection that
 * ended is left in it, and a name is looked up again. What comes is read no further than its length allows. Thread-safe.
 */
final class RouterConnection extends RouterStub {
    /** How long a connection may take to open: three times what a link with a bad round trip needs, with one packet lost. */
    static final int CONNECT_MILLIS = 3_000;
    /** The longest message taken: a bundle of one fragment, its headers and the seal, or a list of members, with much to spare. */
    private static final int MAX_BYTES = 1024 * 1024;
    /** What is read at first: most messages are shorter. */
    private static final int FIRST_BYTES = 64 * 1024;

    /** Who hears what comes. */
    interface Hearer {
        void onMessage(Address sender, byte[] bytes, int offset, int length);

        /** Who is registered at the router, in the room. */
        void onMembers(RouterConnection from, Set<Address> members);

        /** The connection of a member to the router has ended. */
        void onSuspect(RouterConnection from, Address member);

        /** This connection has ended. May be told more than once. */
        void onClosed(RouterConnection ended);
    }

    private final Hearer hearer;
    private final RouterClient own;
    private volatile long heardNanos = System.nanoTime();

    /** Not opened yet. */
    RouterConnection(@Nullable InetAddress from, InetSocketAddress router, ThreadFactory threads, Log log, Hearer hearer) throws IOException {
        super(from == null ? null : new InetSocketAddress(from, 0), router, false, null, null);
        this.hearer = hearer;
        if (remote == null) {
            throw new IOException("nobody knows the name " + router.getHostString());
        }
        // In the place of the one that JGroups has made.
        own = new RouterClient(from, remote, threads);
        client = own;
        client.socketConnectionTimeout(CONNECT_MILLIS).tcpNodelay(true).setMaxLength(MAX_BYTES).log(log).receiver(this)
                .addConnectionListener(this);
    }

    /** When anything came last. */
    long heardNanos() {
        return heardNanos;
    }

    /** The address of this machine on the connection. */
    @Nullable InetSocketAddress localAddress() {
        return client.localAddress() instanceof IpAddress address ? new InetSocketAddress(address.getIpAddress(), address.getPort()) : null;
    }

    /** Asks the router whether it is there. */
    void heartbeat() throws Exception {
        writeRequest(new GossipData(GossipType.HEARTBEAT));
    }

    /** Asks the router who is there; what it answers shows as well that it is. */
    void askForMembers(String group) throws Exception {
        writeRequest(new GossipData(GossipType.GET_MBRS, group, null));
    }

    @Override
    public void receive(Address sender, byte[] bytes, int offset, int length) {
        receive(sender, new ByteArrayDataInputStream(bytes, offset, length), length);
    }

    @Override
    public void receive(Address sender, DataInput in, int length) {
        try {
            if (length < 0 || length > MAX_BYTES) {
                throw new IOException("a message of " + length + " bytes, the limit is " + MAX_BYTES);
            }
            byte[] bytes = new byte[0];
            while (bytes.length < length) {
                // As it comes: the length is anybody's word.
                int before = bytes.length;
                bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(FIRST_BYTES, 2 * before)));
                in.readFully(bytes, before, bytes.length - before);
            }
            own.confirm();
            heardNanos = System.nanoTime();
            read(bytes, length);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            // It ends within a message, or what comes is not a router's: nothing after it could be read.
            destroy();
            // JGroups tells of no end that was made here.
            hearer.onClosed(this);
        }
    }

    private void read(byte[] bytes, int length) throws IOException, ClassNotFoundException {
        ByteArrayDataInputStream in = new ByteArrayDataInputStream(bytes, 0, length);
        GossipData data = new GossipData();
        data.readFrom(in, true, false);
        switch (data.getType()) {
            case MESSAGE -> {
                if (data.getLength() < 0 || data.getLength() > length - in.position() || data.getSender() == null) {
                    throw new IOException("a message of " + data.getLength() + " bytes in one of " + length);
                }
                hearer.onMessage(data.getSender(), bytes, in.position(), data.getLength());
            }
            case SUSPECT -> {
                if (data.getAddress() != null) {
                    hearer.onSuspect(this, data.getAddress());
                }
            }
            case GET_MBRS_RSP, GET_MBRS_RSP_LAST -> {
                List<PingData> listed = data.getPingData();
                Set<Address> members = new HashSet<>();
                if (listed != null) {
                    listed.forEach(each -> members.add(each.getAddress()));
                }
                hearer.onMembers(this, members);
            }
            default -> { }
        }
    }

    /** Without a last word, for which it would wait while a sender waits on it. */
    @Override
    public void destroy() {
        try {
            own.close(false);
        } catch (IOException ended) {
            // It is not used any more.
        }
    }

    @Override
    public void connectionClosed(Connection connection) {
        hearer.onClosed(this);
    }
}
