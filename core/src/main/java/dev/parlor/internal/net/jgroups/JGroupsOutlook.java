package dev.parlor.internal.net.jgroups;

import dev.parlor.JoinException;
import dev.parlor.WaitInterruptedException;
import dev.parlor.internal.net.DaemonThreads;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.doctor.LocalLook;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.doctor.Observations.Asked;
import dev.parlor.internal.net.doctor.Observations.Kind;
import dev.parlor.internal.net.doctor.Observations.Machine;
import dev.parlor.internal.net.doctor.Observations.Ports;
import dev.parlor.internal.net.doctor.Observations.Surroundings;
import dev.parlor.internal.net.interfaces.InterfaceChoice;
import dev.parlor.internal.net.interfaces.LocalNetworks;
import dev.parlor.internal.net.jgroups.address.PortPair;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.discovery.DiscoveryProbe;
import dev.parlor.internal.net.jgroups.discovery.Ways;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.RoomKeys;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import dev.parlor.internal.net.jgroups.setup.JGroupsSetup;
import dev.parlor.internal.net.jgroups.setup.PlainDigits;
import dev.parlor.internal.net.jgroups.stack.NetworkedStack;
import dev.parlor.internal.net.jgroups.stack.ParlorStack.Networked;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks at a room's network as an outsider: at this machine, and at others as the room would look for them. */
public final class JGroupsOutlook {
    /** The machine's own name is asked for meanwhile, and not waited for any longer after that. */
    private static final long NAME_MILLIS = 500;

    private JGroupsOutlook() {}

    /**
     * Looks, for about five seconds if others are looked for.
     *
     * @param skew by how much clocks may differ
     * @throws dev.parlor.InvalidArgumentException if a host is none
     * @throws JoinException if there is no network at all
     * @throws WaitInterruptedException if the thread is interrupted
     */
    public static Observations observe(NetworkOptions options, Duration skew) {
        PlainDigits.require();
        JGroupsSetup.requireShut();
        FutureTask<Machine> machine = new FutureTask<>(LocalLook::machine);
        DaemonThreads.of(machine, "parlor-doctor-name").start();
        try {
            return observe(options, skew.toMillis(), machine);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException("interrupted while the network of the room \"" + options.room() + "\" was looked at", e);
        } catch (IOException e) {
            throw new JoinException(JoinException.Reason.NO_NETWORK, "the network of the room \"" + options.room()
                    + "\" cannot be looked at: no datagram can be sent from this machine (" + e.getMessage() + ")", e);
        }
    }

    private static Observations observe(NetworkOptions options, long skewMillis, FutureTask<Machine> machine)
            throws InterruptedException, IOException {
        RoomAddress address = RoomAddress.of(options);
        LocalNetworks.Look look = LocalNetworks.OF_THIS_MACHINE.lookNow();
        Kind kind = kindOf(options.reach());
        if (!(options.reach() instanceof Reach.Networks reach)) {
            Asked asked = new Asked(options.room(), kind == Kind.THIS_MACHINE ? "programs on this machine" : "a stack or servers of its own",
                    kind, false, options.networkInterface(), options.port(), address.homePorts(), kind == Kind.THIS_MACHINE,
                    address.multicastAddress(), address.multicastPort(), skewMillis);
            return observations(asked, machine, look, null, new Ports(0, List.of(), List.of()), Optional.empty());
        }
        Keyring keys = options.passphrase() == null ? null
                : new Keyring(options.room(), RoomKeys.begin(options.passphrase(), options.room()));
        Networked networked = networked(options, reach, address, keys);
        Ways ways = networked.ways();
        InetAddress at = networked.roaming().at();
        List<Integer> candidates = networked.roaming().ports();
        Asked asked = new Asked(options.room(), ways.inWords(look), kind, reach.multicast(), options.networkInterface(), options.port(),
                candidates, at != null, address.multicastAddress(), address.multicastPort(), skewMillis);
        Ports ports = LocalLook.ports(at, candidates);
        InetAddress given = look.choice().map(InterfaceChoice::address).orElseGet(InetAddress::getLoopbackAddress);
        PortPair pair = PortPair.open(at, ports.free() == 0 ? List.of() : List.of(ports.free()), true);
        try {
            DiscoveryProbe probe = new DiscoveryProbe(ways, pair, look, given);
            Surroundings others = probe.run();
            return observations(asked, machine, look, reach.multicast() ? probe.echoes() : null, ports, Optional.of(others));
        } finally {
            pair.datagrams().close();
            if (keys != null) {
                keys.close();
            }
        }
    }

    /** At all interfaces, since others may be at another one than that which is named. */
    private static Networked networked(NetworkOptions options, Reach.Networks reach, RoomAddress address, @Nullable Keyring keys) {
        NetworkOptions everywhere = new NetworkOptions(options.room(), options.displayName(), options.self(), reach, null, options.port(),
                null);
        return NetworkedStack.of(everywhere, reach, address, keys, new Strangers(address.clusterName(), System::nanoTime),
                (warning, message) -> { });
    }

    private static Kind kindOf(Reach reach) {
        return reach instanceof Reach.Networks ? Kind.NETWORKS : reach instanceof Reach.ThisMachine ? Kind.THIS_MACHINE : Kind.OTHER;
    }

    private static Observations observations(Asked asked, FutureTask<Machine> machine, LocalNetworks.Look look,
            @Nullable Set<InetAddress> echoes, Ports ports, Optional<Surroundings> others) throws InterruptedException {
        return new Observations(asked, known(machine), LocalLook.interfaces(look.cards(), echoes), look.choice(), ports,
                LocalLook.buffers(), others);
    }

    private static Machine known(FutureTask<Machine> machine) throws InterruptedException {
        try {
            return machine.get(NAME_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return LocalLook.machineUnnamed();
        }
    }
}
