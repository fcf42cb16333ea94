package dev.parlor.internal.net.jgroups.stack;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.jgroups.address.BindAddress;
import dev.parlor.internal.net.jgroups.address.HostPort;
import dev.parlor.internal.net.jgroups.router.Routers;
import java.util.List;

/** What a room that goes by routers is told of them. */
public final class RoutedStack {
    private RoutedStack() {}

    /**
     * What follows from the options.
     *
     * @throws dev.parlor.InvalidArgumentException if a router is no host
     * @throws dev.parlor.JoinException if there is no such network interface
     */
    public static ParlorStack.Routed of(NetworkOptions options, Reach.Routers reach) {
        List<HostPort> routers = reach.routers().stream().map(HostPort::parse)
                .map(each -> each.port() != HostPort.NO_PORT ? each : new HostPort(each.host(), Routers.DEFAULT_PORT)).distinct().toList();
        String only = options.networkInterface();
        if (only == null) {
            return new ParlorStack.Routed(routers, () -> null);
        }
        BindAddress.of(only);
        return new ParlorStack.Routed(routers, () -> BindAddress.of(only));
    }
}
