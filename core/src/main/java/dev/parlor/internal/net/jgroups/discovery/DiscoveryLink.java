package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.SealedLink;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * How datagrams of discovery travel: each begins with the port at which its sender is asked and answered, then, in an open room,
 * the room's name in the cluster, and in one with a passphrase all else sealed ({@link SealedLink}). Thread-safe.
 */
final class DiscoveryLink {
    /** Sends to one. */
    interface Wire {
        void send(InetSocketAddress to, byte[] datagram);
    }

    /** How the datagrams begin of all rooms without a passphrase, and with one. */
    private static final byte[] ANY_ROOM = RoomAddress.CLUSTER_PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANY_SEALED = DatagramCipher.anyHead();
    private static final int PORT_BYTES = Short.BYTES;
    private static final int PORT_MASK = 0xFFFF;

    private final int port;
    private final byte[] name;
    private final byte[] sealedHead;
    private final Strangers strangers;
    private final @Nullable SealedLink sealed;

    /**
     * @param port at which this program is asked and answered
     * @param keys null for an open room
     * @param sealedHead how the datagrams begin of those who are in the room with a passphrase
     */
    DiscoveryLink(int port, String clusterName, @Nullable Keyring keys, byte[] sealedHead, Strangers strangers, Wire wire) {
        this.port = port;
        this.name = clusterName.getBytes(StandardCharsets.US_ASCII);
        this.sealedHead = sealedHead;
        this.strangers = strangers;
        this.sealed = keys == null ? null : new SealedLink(keys, strangers, (to, bytes) -> {
            if (to instanceof IpAddress address) {
                wire.send(new InetSocketAddress(address.getIpAddress(), address.getPort()), headed(bytes));
            }
        }, System::nanoTime, DatagramCipher.DISCOVERY);
    }

    /** A datagram of these bytes. */
    byte[] wrap(byte[] content) {
        if (sealed == null) {
            return headed(ByteBuffer.allocate(name.length + content.length).put(name).put(content).array());
        }
        try {
            return headed(sealed.seal(content, 0, content.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** What is in a datagram; null if it is not to be taken. */
    byte @Nullable [] unwrap(InetAddress source, byte[] datagram) {
        if (datagram.length < PORT_BYTES) {
            return null;
        }
        int length = datagram.length - PORT_BYTES;
        if (isOfAnotherRoom(datagram, length)) {
            // Who looks for its own room on a host asks at the ports of other rooms as well.
            return null;
        }
        if (sealed != null) {
            return sealed.open(new IpAddress(source, portOf(datagram)), datagram, PORT_BYTES, length);
        }
        if (DatagramCipher.startsWith(sealedHead, datagram, PORT_BYTES, length)) {
            strangers.met(true, datagram, PORT_BYTES, length);
            return null;
        }
        return DatagramCipher.startsWith(name, datagram, PORT_BYTES, length)
                ? Arrays.copyOfRange(datagram, PORT_BYTES + name.length, datagram.length) : null;
    }

    private boolean isOfAnotherRoom(byte[] datagram, int length) {
        boolean open = DatagramCipher.startsWith(ANY_ROOM, datagram, PORT_BYTES, length);
        boolean closed = DatagramCipher.startsWith(ANY_SEALED, datagram, PORT_BYTES, length);
        return open && !DatagramCipher.startsWith(name, datagram, PORT_BYTES, length)
                || closed && !DatagramCipher.startsWith(sealedHead, datagram, PORT_BYTES, length);
    }

    /** How many of the same passphrase are there, whose answers may be on their way. */
    int met() {
        return sealed == null ? 0 : sealed.met();
    }

    /** Where its sender is asked and answered. */
    static int portOf(byte[] datagram) {
        return ByteBuffer.wrap(datagram).getShort() & PORT_MASK;
    }

    private byte[] headed(byte[] bytes) {
        return ByteBuffer.allocate(PORT_BYTES + bytes.length).putShort((short) port).put(bytes).array();
    }
}
