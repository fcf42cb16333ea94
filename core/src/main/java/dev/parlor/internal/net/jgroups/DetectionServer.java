package dev.parlor.internal.net.jgroups;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.blocks.cs.BaseServer;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.NioServer;
import org.jgroups.blocks.cs.Receiver;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.ThreadFactory;

/**
 * The server of {@link SocketDetection}, on which anybody can connect. It takes short messages only, and keeps few
 * connections of those who have said nothing that it took. A connection is known by where it really comes from, not by what it
 * says of itself, by which it could take the place of a member's. In a room with a passphrase it takes sealed messages only.
 *
 * <p>A recorded message proves nothing here that the connection itself does not: who is connected to is there, and that a
 * member who was killed is still there could be said only by who takes its port; its missing heartbeats tell.
 */
final class DetectionServer extends NioServer {
    /** A question or answer holds two addresses and a name, about 100 bytes. */
    private static final int MAX_BYTES = 1_024;
    /** Connections of those who have said nothing yet. A member speaks at once, so that the oldest is none. */
    private static final int MAX_SILENT = 16;

    private final DatagramCipher cipher;
    private final Strangers strangers;
    private final Map<Address, Connection> silent = new LinkedHashMap<>();

    private DetectionServer(ThreadFactory threads, SocketFactory sockets, InetAddress address, int port,
            DatagramCipher cipher, Strangers strangers) throws Exception {
        super(threads, sockets, address, port, port, null, 0, 0, "jgroups.nio.server.fd_sock");
        this.cipher = cipher;
        this.strangers = strangers;
        setMaxLength(MAX_BYTES);
    }

    /** On the first of these ports that is free. */
    static DetectionServer open(ThreadFactory threads, SocketFactory sockets, InetAddress address, int[] ports,
            DatagramCipher cipher, Strangers strangers) {
        for (int port : ports) {
            try {
                return new DetectionServer(threads, sockets, address, port, cipher, strangers);
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
        return cipher == null ? Arrays.copyOfRange(data, offset, offset + length)
                : cipher.seal(DatagramCipher.DETECTION, data, offset, length);
    }

    @Override
    public void handleIncomingConnection(Address peer, Connection connection) throws Exception {
        super.handleIncomingConnection(peer, connection);
        Connection oldest = null;
        synchronized (silent) {
            silent.values().removeIf(Connection::isClosed);
            silent.put(peer, connection);
            if (silent.size() > MAX_SILENT) {
                Iterator<Connection> first = silent.values().iterator();
                oldest = first.next();
                first.remove();
            }
        }
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
            if (cipher == null) {
                hear(sender, data, offset, length);
                return;
            }
            DatagramCipher.Opened opened = cipher.open(data, offset, length);
            if (opened != null && opened.kind() == DatagramCipher.DETECTION) {
                hear(sender, opened.bytes(), 0, opened.bytes().length);
            } else {
                strangers.met(cipher.isOfThisRoom(data, offset, length), data, offset, length);
                closeConnection(sender);
            }
        }

        private void hear(Address sender, byte[] data, int offset, int length) {
            synchronized (silent) {
                silent.remove(sender);
            }
            receiver.receive(sender, data, offset, length);
        }
    }
}
