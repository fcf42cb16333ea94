package dev.parlor.internal.net.jgroups.transport;

import java.io.DataInput;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.IpAddress;

/**
 * TCP that listens at all interfaces and connects to each member at an address at which it was heard, so that nobody has to
 * know which interface leads to whom, and none is lost when an address changes. A connection is known by where it really comes
 * from, not by what it says of itself: JGroups believes that, and whoever said a member's address took the place of its
 * connection. So members have one to each other in each direction.
 */
public class RoamingTcp extends TCP {
    /** Members say something each second. Who does not, whatever it once said, is gone or was none. */
    private static final long IDLE_NANOS = 60_000_000_000L;

    /** When something came last that was taken, by where it came from. */
    private final Map<Address, Long> heardNanos = new ConcurrentHashMap<>();
    private final SilentConnections silent = new SilentConnections();
    private final HeardFrom heardFrom = new HeardFrom();
    private boolean everywhere;

    /** Known to others as TCP. */
    public RoamingTcp() {
        this.id = ClassConfigurator.getProtocolId(TCP.class);
    }

    /** Listens at all interfaces, and not only at that of the address it gives for itself. Set once, before the start. */
    public void listenEverywhere() {
        everywhere = true;
    }

    @Override
    public void start() throws Exception {
        InetAddress given = bind_addr;
        if (everywhere) {
            external_addr = given;
            bind_addr = null;
            defer_client_bind_addr = true;
        }
        super.start();
        bind_addr = given;
        // Nothing is accepted before the connect.
        srv.usePeerConnections(false).log(new ConnectionLog(RoamingTcp.class));
    }

    /** A member that gives this address for itself was heard from there. */
    public void heard(IpAddress given, InetAddress source) {
        heardFrom.note(given, source, address -> srv.connectionEstablishedTo(address));
    }

    @Override
    public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length) throws Exception {
        super.sendUnicast(heardFrom.of(dest), data, offset, length);
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
        Set<Address> reached = members.stream().map(each -> heardFrom.of((PhysicalAddress) each)).collect(Collectors.toSet());
        srv.forAllConnections((address, connection) -> {
            boolean kept = isAccepted(connection) ? !isIdle(address, now)
                    : reached.contains(address) || is_member.test((PhysicalAddress) address);
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

    /** Something came on a connection that was taken. */
    protected void taken(Address sender) {
        heardNanos.put(sender, System.nanoTime());
        silent.spoke(sender);
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        taken(sender);
        super.receive(sender, in, length);
    }
}
