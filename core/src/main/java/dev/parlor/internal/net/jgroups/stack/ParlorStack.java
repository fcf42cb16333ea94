package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.JoinException;
import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.detection.SocketDetection;
import dev.parlor.internal.net.jgroups.discovery.Beacons;
import dev.parlor.internal.net.jgroups.discovery.RoomDiscovery;
import dev.parlor.internal.net.jgroups.discovery.Ways;
import dev.parlor.internal.net.jgroups.roaming.Roaming;
import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import dev.parlor.internal.net.jgroups.router.Routers;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import dev.parlor.internal.net.jgroups.transport.OpenTunnel;
import dev.parlor.internal.net.jgroups.transport.OpenUdp;
import dev.parlor.internal.net.jgroups.transport.RoutedTunnel;
import dev.parlor.internal.net.jgroups.transport.SecureTcp;
import dev.parlor.internal.net.jgroups.transport.SecureTransport;
import dev.parlor.internal.net.jgroups.transport.SecureTunnel;
import dev.parlor.internal.net.jgroups.transport.SecureUdp;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jgroups.conf.ConfiguratorFactory;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UDP;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A stack from XML with what Parlor needs of any stack: daemon threads, so that a program that forgets to close a room
 * still exits; the timer that all rooms share; a mended FD_SOCK2, NAKACK2, UNICAST3 and GMS; for a room with a passphrase, a transport that
 * encrypts; for one on networks that are not known beforehand, a transport and a discovery that find their way; and for one that goes by routers, a
 * transport that keeps to them.
 */
public final class ParlorStack implements ProtocolStackConfigurator {
    /**
     * How a room on networks is met.
     *
     * @param roaming where it listens
     * @param ways by which it is looked for
     */
    public record Networked(Roaming roaming, Ways ways) implements Meeting {}

    /**
     * How a room that goes by routers is met.
     *
     * @param routers in the order of preference
     * @param source where connections to them come from
     */
    public record Routed(List<HostPort> routers, Routers.Source source) implements Meeting {}

    /** What is said to the protocols themselves of how a room is met. */
    public sealed interface Meeting {}

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final ProtocolStackConfigurator xml;
    private final @Nullable Keyring keys;
    private final byte[] sealedHead;
    private final Strangers strangers;
    private final @Nullable Networked networked;
    private final @Nullable Routed routed;
    private final BiConsumer<Trouble, String> trouble;

    /**
     * @param keys null for an open room
     * @param sealedHead how the datagrams begin of those who are in the room with a passphrase
     * @param meeting null for a room whose stack says all
     * @param trouble who is told of what goes wrong on the way
     */
    public ParlorStack(InputStream xml, @Nullable Keyring keys, byte[] sealedHead, Strangers strangers, @Nullable Meeting meeting,
            BiConsumer<Trouble, String> trouble) throws Exception {
        this.xml = ConfiguratorFactory.getStackConfigurator(xml);
        this.keys = keys;
        this.sealedHead = sealedHead;
        this.strangers = strangers;
        this.networked = meeting instanceof Networked networks ? networks : null;
        this.routed = meeting instanceof Routed routers ? routers : null;
        this.trouble = trouble;
    }

    @Override
    public String getProtocolStackString() {
        return xml.getProtocolStackString();
    }

    @Override
    public List<ProtocolConfiguration> getProtocolStack() {
        List<ProtocolConfiguration> protocols = new ArrayList<>(xml.getProtocolStack());
        protocols.replaceAll(each -> switch (each.getProtocolName()) {
            case "FD_SOCK2" -> new ProtocolConfiguration(SocketDetection.class.getName(), each.getProperties());
            case "UNICAST3" -> new ProtocolConfiguration(ReliableUnicast.class.getName(), each.getProperties());
            case "pbcast.NAKACK2" -> new ProtocolConfiguration(ReliableMulticast.class.getName(), each.getProperties());
            case "pbcast.GMS" -> new ProtocolConfiguration(RoomMembership.class.getName(), each.getProperties());
            case "MPING" -> networked == null ? each
                    : new ProtocolConfiguration(RoomDiscovery.class.getName(), withoutMulticast(each.getProperties()));
            case "MERGE3" -> networked == null ? each : new ProtocolConfiguration(Beacons.class.getName(), each.getProperties());
            default -> each;
        });
        ProtocolConfiguration transport = protocols.get(0);
        String mended = transportFor(transport.getProtocolName());
        if (mended != null) {
            protocols.set(0, new ProtocolConfiguration(mended, transport.getProperties()));
        }
        return protocols;
    }

    /** The class of the transport, null to leave it as it is. */
    private @Nullable String transportFor(String name) {
        boolean open = keys == null;
        return switch (name) {
            case "UDP" -> open ? OpenUdp.class.getName() : SecureUdp.class.getName();
            case "TCP" -> !open ? SecureTcp.class.getName() : networked == null ? null : RoamingTcp.class.getName();
            case "TUNNEL" -> open ? OpenTunnel.class.getName() : SecureTunnel.class.getName();
            default -> {
                if (!open) {
                    throw new JoinException(JoinException.Reason.BAD_STACK, "a room with a passphrase needs a "
                            + "stack on UDP, TCP or TUNNEL, not " + name, null);
                }
                yield null;
            }
        };
    }

    /** What MPING has and our discovery chooses itself. */
    private static Map<String, String> withoutMulticast(Map<String, String> properties) {
        Map<String, String> left = new HashMap<>(properties);
        left.keySet().removeIf(each -> each.startsWith("mcast_"));
        return left;
    }

    @Override
    public void afterCreation(Protocol protocol) throws Exception {
        xml.afterCreation(protocol);
        if (protocol instanceof TP transport) {
            transport.setThreadFactory(new NetworkThreads());
            boolean waits = !(transport instanceof UDP || transport instanceof SHARED_LOOPBACK || networked != null);
            transport.setTimer(SharedThreads.timer(waits));
        }
        if (protocol instanceof UDP udp) {
            written("bind_addr").ifPresent(udp::setBindAddress);
            written("mcast_addr").ifPresent(udp::setMcastGroupAddr);
        } else if (protocol instanceof SocketDetection detection) {
            written("bind_addr").ifPresent(detection::setBindAddress);
        }
        if (networked != null && protocol instanceof RoamingTcp tcp) {
            tcp.roam(networked.roaming());
        }
        if (networked != null && protocol instanceof RoomDiscovery discovery) {
            discovery.by(networked.ways());
        }
        if (keys != null && protocol instanceof SecureTransport secure) {
            secure.secure(keys, strangers);
        }
        if (protocol instanceof OpenUdp open) {
            open.watch(sealedHead, strangers);
        }
        if (protocol instanceof OpenTunnel open) {
            open.watch(sealedHead, strangers);
        }
        if (protocol instanceof RoutedTunnel tunnel) {
            tunnel.warn(trouble);
            if (routed != null) {
                tunnel.by(routed.routers(), routed.source());
            }
        }
        if (protocol instanceof SocketDetection detection) {
            detection.secure(keys, strangers);
        }
    }

    /**
     * An address that the stack gives the transport in digits. In a JVM that prefers addresses of IPv6 ({@code
     * java.net.preferIPv6Addresses}) JGroups takes none of IPv4, but one of its own, by which other programs are not met.
     */
    private Optional<InetAddress> written(String property) throws UnknownHostException {
        String text = xml.getProtocolStack().get(0).getProperties().getOrDefault(property, "");
        return IPV4.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
    }
}
