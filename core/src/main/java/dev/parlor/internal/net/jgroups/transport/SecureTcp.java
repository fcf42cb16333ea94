package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.SealedLink;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.io.DataInput;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.IpAddress;

/**
 * TCP with every message sealed. A connection is known by where it really comes from, not by what it says of itself:
 * JGroups believes that, and whoever said a member's address took the place of its connection. So members have one to each
 * other in each direction.
 */
public final class SecureTcp extends TCP implements SecureTransport {
    /** The longest message taken: a bundle of one fragment, its headers and the seal, with much to spare. */
    private static final int MAX_SEALED_BYTES = 1024 * 1024;
    /** What is read at first: most messages are shorter. */
    private static final int FIRST_BYTES = 64 * 1024;
    /** Members say something each second. Who does not, whatever it once said, is gone or was none. */
    private static final long IDLE_NANOS = 60_000_000_000L;

    /** When something came last that was taken, by where it came from. */
    private final Map<Address, Long> heardNanos = new ConcurrentHashMap<>();
    private final SilentConnections silent = new SilentConnections();
    @SuppressWarnings("NullAway.Init") // set before the start
    private SealedLink link;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Strangers strangers;

    @Override
    public void secure(Keyring keys, Strangers counted) {
        this.strangers = counted;
        this.link = SecureTransport.link(this, this::answer, keys, counted);
    }

    /** On the connection on which was asked; never on one of our own to who asked. */
    private void answer(PhysicalAddress to, byte[] sealed, int offset, int length) throws Exception {
        if (srv.hasConnection(to)) {
            super.sendUnicast(to, sealed, offset, length);
        }
    }

    @Override
    public void start() throws Exception {
        super.start();
        // Nothing is accepted before the connect.
        srv.usePeerConnections(false).log(new ConnectionLog(SecureTcp.class));
    }

    @Override
    public void connectionEstablished(Connection connection) {
        super.connectionEstablished(connection);
        if (isAccepted(connection)) {
            Connection oldest = silent.opened(connection.peerAddress(), connection);
            if (oldest != null) {
                srv.closeConnection(oldest, false);
            }
        }
    }

    private boolean isAccepted(Connection connection) {
        return connection.localAddress() instanceof IpAddress local && srv.localAddress() instanceof IpAddress own
                && local.getPort() == own.getPort();
    }

    /** Of what others have opened, whose addresses are no members' own, closes what is idle. */
    @Override
    public void retainAll(Collection<Address> members) {
        long now = System.nanoTime();
        srv.forAllConnections((address, connection) -> {
            boolean kept = isAccepted(connection) ? !isIdle(address, now)
                    : members.contains(address) || is_member.test((PhysicalAddress) address);
            if (!kept) {
                srv.closeConnection(connection, false);
            }
        });
        heardNanos.keySet().removeIf(address -> !srv.hasConnection(address));
    }

    private boolean isIdle(Address address, long nowNanos) {
        // Of those who have said nothing yet there are few at any time.
        return nowNanos - heardNanos.getOrDefault(address, nowNanos) > IDLE_NANOS;
    }

    @Override
    public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.seal(data, offset, length);
        super.sendUnicast(dest, sealed, 0, sealed.length);
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        byte[] opened = link.open((PhysicalAddress) sender, data, offset, length);
        if (opened != null) {
            heardNanos.put(sender, System.nanoTime());
            silent.spoke(sender);
            super.receive(sender, opened, 0, opened.length);
        }
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        if (length < 0 || length > MAX_SEALED_BYTES) {
            strangers.met(false, new byte[0], 0, 0);
            // Of all exceptions it is this one that ends the connection and is not logged.
            throw new SocketException("a message of " + length + " bytes, the limit is " + MAX_SEALED_BYTES);
        }
        byte[] sealed = new byte[0];
        while (sealed.length < length) {
            // As it comes: the length is anybody's word.
            int before = sealed.length;
            sealed = Arrays.copyOf(sealed, Math.min(length, Math.max(FIRST_BYTES, 2 * before)));
            in.readFully(sealed, before, sealed.length - before);
        }
        receive(sender, sealed, 0, length);
    }
}
