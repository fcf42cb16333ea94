package dev.parlor.internal.net.jgroups.roaming;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.UnaryOperator;
import org.jgroups.util.DefaultSocketFactory;

/**
 * Sockets that connect to link-local addresses of IPv6, which mean nothing without the interface at which they are. JGroups takes
 * that away from the address to which it connects (Util.connect in 5.5.7), and Linux then refuses.
 */
final class ScopedSockets extends DefaultSocketFactory {
    private final UnaryOperator<InetAddress> scoped;

    /** @param scoped gives the same address with its interface, if that is known */
    ScopedSockets(UnaryOperator<InetAddress> scoped) {
        this.scoped = scoped;
    }

    @Override
    public Socket createSocket(String service) throws IOException {
        return new Socket() {
            @Override
            public void connect(SocketAddress there, int timeoutMillis) throws IOException {
                super.connect(withScope(there), timeoutMillis);
            }
        };
    }

    private SocketAddress withScope(SocketAddress there) {
        return there instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address address && address.isLinkLocalAddress()
                && address.getScopeId() == 0 ? new InetSocketAddress(scoped.apply(address), inet.getPort()) : there;
    }
}
