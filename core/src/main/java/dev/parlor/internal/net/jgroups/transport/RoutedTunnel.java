package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.JoinException;
import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.roaming.ConnectionLog;
import dev.parlor.internal.net.jgroups.router.Routers;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TUNNEL;
import org.jspecify.annotations.Nullable;

/**
 * TUNNEL with {@link Routers} in the place of JGroups' stubs, which choose a router for each message at random, tell routers the
 * participant's name, use threads that keep a program from ending, and ask for heartbeats on after the end. Members are known by
 * their logical addresses alone: what they say of their networks is of no use to others.
 */
public abstract class RoutedTunnel extends TUNNEL implements Routers.Hearer {
    /** In the place of the hosts that JGroups would look up and connect to itself. */
    private static final String NO_HOSTS = "127.0.0.1[12001]";

    private List<HostPort> targets = List.of();
    private Routers.Source source = () -> null;
    private BiConsumer<Trouble, String> trouble = (kind, message) -> { };
    private Consumer<Boolean> company = others -> { };
    private long heartbeatMillis;
    private volatile @Nullable Routers routers;

    /** Known to others as TUNNEL. */
    protected RoutedTunnel() {
        this.id = ClassConfigurator.getProtocolId(TUNNEL.class);
    }

    /**
     * By which routers. Set once, before the start; without it they are those of the stack.
     *
     * @param connectingFrom where connections come from
     */
    public final void by(List<HostPort> hosts, Routers.Source connectingFrom) {
        targets = hosts;
        source = connectingFrom;
    }

    /** Who is told when all routers are lost. Set once, before the start. */
    public final void warn(BiConsumer<Trouble, String> told) {
        trouble = told;
    }

    /** Who is told, before the group is looked for, whether the routers have anybody else in the room. Set once, before the connect. */
    public final void company(Consumer<Boolean> told) {
        company = told;
    }

    @Override
    public void init() throws Exception {
        if (targets.isEmpty()) {
            targets = Arrays.stream(gossip_router_hosts.split(",")).map(String::strip).map(RoutedTunnel::ofStack).toList();
        }
        heartbeatMillis = heartbeat_interval > 0 ? heartbeat_interval : reconnect_interval;
        gossip_router_hosts = NO_HOSTS;
        // Of those stubs that there are not.
        heartbeat_interval = 0;
        super.init();
        gossip_routers.clear();
    }

    /** As JGroups writes it: host[port]. */
    private static HostPort ofStack(String text) {
        int port = text.lastIndexOf('[');
        return new HostPort(port < 0 ? text : text.substring(0, port),
                port < 0 ? Routers.DEFAULT_PORT : Integer.parseInt(text.substring(port + 1, text.length() - 1)));
    }

    @Override
    public Object down(Event event) {
        Object result = super.down(event);
        switch (event.getType()) {
            case Event.CONNECT, Event.CONNECT_WITH_STATE_TRANSFER -> connect(event.getArg());
            case Event.DISCONNECT -> leave();
            default -> { }
        }
        return result;
    }

    private void connect(String cluster) {
        leave();
        long silenceMillis = Math.max(heartbeat_timeout, 2 * heartbeatMillis);
        Routers opened = new Routers(targets, source, new Routers.Member(cluster, local_addr), new Routers.Pace(heartbeatMillis, silenceMillis),
                action -> {
                    if (!getThreadPool().execute(action)) {
                        throw new IllegalStateException("all threads are busy");
                    }
                }, getThreadFactory(), new ConnectionLog(RoutedTunnel.class), this);
        routers = opened;
        boolean connected = false;
        try {
            connected = opened.open(getTimer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!connected) {
            String why = opened.toString();
            leave();
            throw new JoinException(JoinException.Reason.NO_NETWORK, "none of the routers can be reached from this machine: " + why
                    + ": check that one runs there (java -cp jgroups.jar org.jgroups.stack.GossipRouter -port 12001 -non_blocking_sends true), that its name and "
                    + "port are the ones given to via(…), and that no firewall keeps TCP from it", null);
        }
        company.accept(opened.hasOthers());
    }

    private void leave() {
        Routers left = routers;
        routers = null;
        if (left != null) {
            left.close();
        }
    }

    @Override
    public void destroy() {
        leave();
        super.destroy();
    }

    /** The routers; null while it is not connected. */
    public final @Nullable Routers routers() {
        return routers;
    }

    /** As it is. */
    protected final void post(@Nullable Address to, byte[] bytes, int offset, int length) {
        Routers open = routers;
        if (open == null) {
            return;
        }
        if (to == null) {
            open.sendToAll(bytes, offset, length);
        } else {
            open.send(to, bytes, offset, length);
        }
    }

    @Override
    public void sendToAll(byte[] data, int offset, int length) throws Exception {
        post(null, data, offset, length);
    }

    @Override
    protected void sendUnicast(Address dest, byte[] data, int offset, int length) throws Exception {
        post(dest, data, offset, length);
    }

    @Override
    public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length) throws Exception {
        throw new IllegalArgumentException("a router knows members by their logical addresses, not by " + dest);
    }

    @Override
    public final void onMessage(Address sender, byte[] bytes, int offset, int length) {
        receive(sender, bytes, offset, length);
    }

    @Override
    public final void onSuspect(Address member) {
        up(new Event(Event.SUSPECT, List.of(member)));
    }

    @Override
    public final void onAllLost(String all) {
        trouble.accept(Trouble.ROUTERS_LOST, "no router can be reached any more, so nobody else can: " + all
                + ": each is tried again every " + heartbeatMillis + " ms, and the room goes on where it was when one is back");
    }
}
