package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.JoinException;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.discovery.LanDiscovery;
import dev.parlor.internal.net.jgroups.transport.RoamingTcp;
import dev.parlor.internal.net.jgroups.detection.SocketDetection;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import dev.parlor.internal.net.jgroups.transport.OpenUdp;
import dev.parlor.internal.net.jgroups.transport.SecureTcp;
import dev.parlor.internal.net.jgroups.transport.SecureTransport;
import dev.parlor.internal.net.jgroups.transport.SecureUdp;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.conf.ConfiguratorFactory;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.conf.ProtocolStackConfigurator;
import org.jgroups.protocols.TP;
import org.jgroups.stack.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A stack from XML with what Parlor needs of any stack: daemon threads, so that a program that forgets to close a room
 * still exits; the timer that all rooms share; a mended FD_SOCK2 and UNICAST3; and, for a room with a passphrase, a transport that encrypts.
 */
public final class ParlorStack implements ProtocolStackConfigurator {
    private final ProtocolStackConfigurator xml;
    private final @Nullable Keyring keys;
    private final byte[] sealedHead;
    private final Strangers strangers;
    private final RoomAddress address;
    private final boolean everywhere = true;

    /**
     * @param keys null for an open room
     * @param sealedHead how the datagrams begin of those who are in the room with a passphrase
     */
    public ParlorStack(InputStream xml, @Nullable Keyring keys, byte[] sealedHead, Strangers strangers,
            RoomAddress address) throws Exception {
        this.xml = ConfiguratorFactory.getStackConfigurator(xml);
        this.keys = keys;
        this.sealedHead = sealedHead;
        this.strangers = strangers;
        this.address = address;
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
            case "MPING" -> new ProtocolConfiguration(LanDiscovery.class.getName(), withoutMulticast(each.getProperties()));
            case "UNICAST3" -> new ProtocolConfiguration(ReliableUnicast.class.getName(), each.getProperties());
            default -> each;
        });
        ProtocolConfiguration transport = protocols.get(0);
        if (keys == null && transport.getProtocolName().equals("UDP")) {
            protocols.set(0, new ProtocolConfiguration(OpenUdp.class.getName(), transport.getProperties()));
        } else if (keys == null && transport.getProtocolName().equals("TCP") && everywhere) {
            protocols.set(0, new ProtocolConfiguration(RoamingTcp.class.getName(), transport.getProperties()));
        } else if (keys != null) {
            String secured = switch (transport.getProtocolName()) {
                case "UDP" -> SecureUdp.class.getName();
                case "TCP" -> SecureTcp.class.getName();
                default -> throw new JoinException(JoinException.Reason.BAD_STACK, "a room with a passphrase needs a "
                        + "stack on UDP or TCP, not " + transport.getProtocolName(), null);
            };
            protocols.set(0, new ProtocolConfiguration(secured, transport.getProperties()));
        }
        return protocols;
    }

    @Override
    public void afterCreation(Protocol protocol) throws Exception {
        xml.afterCreation(protocol);
        if (protocol instanceof TP transport) {
            transport.setThreadFactory(new NetworkThreads());
            transport.setTimer(SharedThreads.timer());
        }
        if (protocol instanceof RoamingTcp tcp) {
            tcp.listenEverywhere();
        }
        if (protocol instanceof LanDiscovery discovery) {
            discovery.at(address.multicastGroups(), address.multicastPort());
        }
        if (keys != null && protocol instanceof SecureTransport secure) {
            secure.secure(keys, strangers);
        }
        if (protocol instanceof OpenUdp open) {
            open.watch(sealedHead, strangers);
        }
        if (protocol instanceof SocketDetection detection) {
            detection.secure(keys, strangers);
        }
    }

    private static java.util.Map<String, String> withoutMulticast(java.util.Map<String, String> properties) {
        java.util.Map<String, String> left = new java.util.HashMap<>(properties);
        left.keySet().removeIf(each -> each.startsWith("mcast_") || each.equals("bind_addr") || each.equals("ip_ttl"));
        return left;
    }
}
