package dev.parlor.internal.net.jgroups.detection;

import dev.parlor.internal.net.jgroups.roaming.ConnectionLog;
import dev.parlor.internal.net.jgroups.roaming.SilentConnections;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.Address;
import org.jgroups.blocks.cs.BaseServer;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.NioServer;
import org.jgroups.blocks.cs.Receiver;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server of {@link SocketDetection}, on which anybody can connect. It takes short messages only, and keeps few
 * connections of those who have said nothing that it took. A connection is known by where it really comes from, not by what it
 * says of itself, by which it could take the place of a member's. In a room with a passphrase it takes sealed messages only.
 *
 * <p>A recorded message proves nothing here that the connection itself does not: who is connected to is there, and that a
 * member who was killed is still there could be said only by who takes its port; its missing heartbeats tell.
 */
public final class DetectionServer extends NioServer {
    /** A question or answer holds two addresses and a name, about 100 bytes. */
    private static final int MAX_BYTES = 1_024;

    /** In all: more than members who are each other's next, at any time. */
    private static final int MAX_CONNECTIONS = 256;
    private static final long PAUSE_NANOS = 10_000_000L;

    private final @Nullable Keyring keys;
    private final Strangers strangers;
    private final SilentConnections silent = new SilentConnections();

    private DetectionServer(ThreadFactory threads, SocketFactory sockets, InetAddress address, int port,
            @Nullable Keyring keys, Strangers strangers) throws Exception {
        super(threads, sockets, address, port, port, null, 0, 0, "jgroups.nio.server.fd_sock");
        this.keys = keys;
        this.strangers = strangers;
        setMaxLength(MAX_BYTES).log(new ConnectionLog(DetectionServer.class));
    }

    /** On the first of these ports that is free. */
    static DetectionServer open(ThreadFactory threads, SocketFactory sockets, InetAddress address, int[] ports,
            @Nullable Keyring keys, Strangers strangers) {
        for (int port : ports) {
            try {
                return new DetectionServer(threads, sockets, address, port, keys, strangers);
            } catch (Exception taken) {
                // The next.
            }
        }
        throw new IllegalStateException("none of the ports " + Arrays.toString(ports) + " of " + address + " is free");
    }

    /** Never: see above. */
    @Override
    public BaseServer usePeerConnections(boolean unused) {
        return this;
    }

    @Override
    public BaseServer receiver(Receiver receiver) {
        return super.receiver(new Opening(receiver));
    }

    @Override
    public void send(Address to, byte[] data, int offset, int length) throws Exception {
        byte[] sealed = seal(data, offset, length);
        super.send(to, sealed, 0, sealed.length);
    }

    private byte[] seal(byte[] data, int offset, int length) throws GeneralSecurityException {
        return keys == null ? Arrays.copyOfRange(data, offset, offset + length)
                : keys.seal(DatagramCipher.DETECTION, data, offset, length);
    }

    /** And whatever was connected while it stopped, which JGroups' own leaves open for ever. */
    @Override
    public synchronized void stop() {
        super.stop();
        List.copyOf(conns.values()).forEach(late -> closeConnection(late, false));
    }

    /** JGroups' own ends the thread that accepts and reads, when a connection cannot be accepted. */
    @Override
    protected void handleAccept(SelectionKey key) {
        try {
            super.handleAccept(key);
        } catch (Exception | Error e) {
            log.debug("a connection was not accepted: %s", e);
            // If it is for want of sockets, the next try will fail as well.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void closeConnection(Connection connection, boolean tell) {
        if (connection != null) {
            super.closeConnection(connection, tell);
        }
    }

    @Override
    public void handleIncomingConnection(Address peer, Connection connection) throws Exception {
        if (getNumConnections() >= MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        super.handleIncomingConnection(peer, connection);
        Connection oldest = silent.opened(peer, connection);
        if (oldest != null) {
            closeConnection(oldest, false);
        }
    }

    /** And forgets its lock, which JGroups keeps: who connects from ever other ports would fill the memory. */
    @Override
    public void removeConnectionIfPresent(Address address, Connection connection) {
        super.removeConnectionIfPresent(address, connection);
        if (address != null && !hasConnection(address)) {
            locks.remove(address);
        }
    }

    private final class Opening implements Receiver {
        private final Receiver receiver;

        Opening(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void receive(Address sender, ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            receive(sender, bytes, 0, bytes.length);
        }

        @Override
        public void receive(Address sender, byte[] data, int offset, int length) {
            if (keys == null) {
                hear(sender, data, offset, length);
                return;
            }
            DatagramCipher.Opened opened = keys.open(data, offset, length);
            if (opened != null && opened.kind() == DatagramCipher.DETECTION
                    && opened.sender().takeDetection(opened.number())) {
                hear(sender, opened.bytes(), 0, opened.bytes().length);
            } else {
                if (opened == null) {
                    strangers.met(keys.isOfThisRoom(data, offset, length), data, offset, length);
                }
                closeConnection(sender);
            }
        }

        private void hear(Address sender, byte[] data, int offset, int length) {
            silent.spoke(sender);
            receiver.receive(sender, data, offset, length);
        }
    }
}
