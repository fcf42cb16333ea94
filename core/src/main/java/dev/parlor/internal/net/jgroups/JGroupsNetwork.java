package dev.parlor.internal.net.jgroups;

import dev.parlor.JoinException;
import dev.parlor.ParlorException;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkLook;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import dev.parlor.internal.net.RoomKey;
import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.jgroups.address.MachineGuard;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import dev.parlor.internal.net.jgroups.discovery.RoomDiscovery;
import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.RoomKeys;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import dev.parlor.internal.net.jgroups.setup.JGroupsSetup;
import dev.parlor.internal.net.jgroups.setup.PlainDigits;
import dev.parlor.internal.net.jgroups.stack.NetworkedStack;
import dev.parlor.internal.net.jgroups.stack.ParlorStack;
import dev.parlor.internal.net.jgroups.stack.RoutedStack;
import dev.parlor.internal.net.jgroups.stack.SharedThreads;
import dev.parlor.internal.net.jgroups.stack.StackSource;
import dev.parlor.internal.net.jgroups.transport.RoutedTunnel;
import dev.parlor.internal.session.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.ViewId;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * A room's group as a JGroups cluster: membership, reliable ordered multicast and unicast, fragments, flow control,
 * failure detection and merging are JGroups'. A member's address carries the participant's id, so that a frame's sender
 * is known by its address and needs no further table.
 */
public final class JGroupsNetwork implements Network {
    /** How long a joiner asks a machine on which somebody holds the room's guard: longer than any pause but a stop. */
    private static final long PATIENCE_MILLIS = 3_000;
    /** How long who holds the guard asks: nobody else does, so that somebody is there only if it has just lost it. */
    private static final long SECOND_OPINION_MILLIS = 50;
    /** Somebody is there and answers within some milliseconds. */
    private static final long ASK_AGAIN_MILLIS = 50;
    /** The first channel of a JVM loads classes while it waits for answers, and gets so many times the time. */
    private static final int COLD_FACTOR = 2;
    private static final AtomicBoolean COLD = new AtomicBoolean(true);

    private final NetworkOptions options;
    private final JChannel channel;
    private final RoomAddress address;
    private final @Nullable Keyring keys;
    private final Strangers strangers;
    private final MachineGuard guard;
    private final AtomicReference<BiConsumer<Trouble, String>> trouble;
    /** What numbers messages to all, of a stack over UDP; else null. */
    private final @Nullable NAKACK2 numbering;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Map<Long, Address> addresses = new ConcurrentHashMap<>();

    private JGroupsNetwork(NetworkOptions options, JChannel channel, RoomAddress address, @Nullable Keyring keys,
            Strangers strangers, AtomicReference<BiConsumer<Trouble, String>> trouble) {
        this.trouble = trouble;
        this.options = options;
        this.channel = channel;
        this.address = address;
        this.keys = keys;
        this.strangers = strangers;
        this.guard = new MachineGuard(address.guardPort());
        this.numbering = channel.getProtocolStack().getTransport() instanceof UDP
                ? channel.getProtocolStack().findProtocol(NAKACK2.class) : null;
    }

    /** Makes the stack of a room, and derives its key, if it has a passphrase, beside it. */
    public static JGroupsNetwork open(NetworkOptions options) {
        return open(options, options.passphrase() == null ? null : RoomKeys.begin(options.passphrase(), options.room()));
    }

    /**
     * Makes the stack, without connecting.
     *
     * @param key closed with the network, by the caller if there is none; null for an open room
     * @throws JoinException if the stack is bad
     */
    public static JGroupsNetwork open(NetworkOptions options, @Nullable RoomKey key) {
        setUp(options);
        SharedThreads.begin();
        try {
            return JGroupsSetup.logging(() -> make(options.withoutPassphrase(), key));
        } catch (NoSuchMethodError | NoSuchFieldError | NoClassDefFoundError | AbstractMethodError e) {
            SharedThreads.end();
            throw JGroupsVersion.wrong(options.room(), e);
        } catch (RuntimeException | Error e) {
            SharedThreads.end();
            throw e;
        }
    }

    private static JGroupsNetwork make(NetworkOptions options, @Nullable RoomKey key) {
        Keyring keys = key == null ? null : new Keyring(options.room(), key);
        RoomAddress address = RoomAddress.of(options);
        Strangers strangers = new Strangers(address.clusterName(), System::nanoTime);
        try {
            Util.resetCachedAddresses(true, true);
            AtomicReference<BiConsumer<Trouble, String>> trouble = new AtomicReference<>((kind, message) -> { });
            BiConsumer<Trouble, String> told = (kind, message) -> trouble.get().accept(kind, message);
            ParlorStack.Meeting meeting = options.reach() instanceof Reach.Networks reach
                    ? NetworkedStack.of(options, reach, address, keys, strangers, told)
                    : options.reach() instanceof Reach.Routers reach ? RoutedStack.of(options, reach) : null;
            JChannel channel = new JChannel(new ParlorStack(StackSource.open(options, address), keys,
                    DatagramCipher.headOf(options.room()), strangers, meeting, told));
            // Now, since JGroups makes one when the stack is made.
            channel.getProtocolStack().getTransport().setThreadPool(SharedThreads.pool());
            // It is not this channel's to be made larger, and JGroups would warn of it.
            channel.getProtocolStack().getTransport().getThreadPool().setIncreaseMaxSizeDynamically(false);
            channel.setName(options.displayName());
            JGroupsNetwork network = new JGroupsNetwork(options, channel, address, keys, strangers, trouble);
            channel.addAddressGenerator(network::newAddress);
            return network;
        } catch (ParlorException e) {
            throw e;
        } catch (Exception e) {
            throw new JoinException(JoinException.Reason.BAD_STACK, "JGroups does not take the stack of the room \""
                    + options.room() + "\": " + e.getMessage(), e);
        }
    }

    private static void setUp(NetworkOptions options) {
        PlainDigits.require();
        try {
            JGroupsSetup.begin();
        } catch (LinkageError e) {
            throw new JoinException(JoinException.Reason.NO_NETWORK, "the room \"" + options.room() + "\" cannot be joined: JGroups "
                    + "does not start where no network interface is up, not even the loopback", e);
        }
    }

    @Override
    public long self() {
        return options.self();
    }

    @Override
    public void connect(Receiver receiver) {
        JGroupsSetup.requireShut();
        channel.setReceiver(new Adapter(receiver));
        strangers.listener(receiver::onStrangers);
        trouble.set(receiver::onTrouble);
        if (transport() instanceof RoamingTcp roaming) {
            roaming.onHeardAgain(receiver::onHeardAgain);
        }
        bePatientWhereSomebodyIs();
        try {
            JGroupsSetup.logging(() -> channel.connect(address.clusterName()));
        } catch (Exception e) {
            close();
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            if (root instanceof JoinException known) {
                throw new JoinException(known.reason(), "the room \"" + options.room() + "\" cannot be joined: " + known.getMessage(), e);
            }
            throw new JoinException(JoinException.Reason.NO_NETWORK, "the room \"" + options.room() + "\" cannot be "
                    + "reached from this machine (" + root.getMessage() + "): check that the network is up and that no "
                    + "other program has the port, or choose another with networkInterface(…)", e);
        }
    }

    /**
     * Of programs that are started at once JGroups makes the one with the smallest address the first. It is who holds the
     * guard, the only one that does not wait for the others: otherwise it would, and give up before they are ready.
     */
    private Address newAddress() {
        long random = UUID.randomUUID().getMostSignificantBits();
        return new UUID(guarded() && guard.isHeld() ? random | Long.MIN_VALUE : random & Long.MAX_VALUE, options.self());
    }

    /** The first participant hardly waits, a further one until it is answered. Where there are routers, they know which it is. */
    private void bePatientWhereSomebodyIs() {
        GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
        if (membership == null || options.reach() instanceof Reach.Stack) {
            return;
        }
        boolean cold = COLD.getAndSet(false);
        RoomDiscovery discovery = channel.getProtocolStack().findProtocol(RoomDiscovery.class);
        if (discovery != null) {
            discovery.patience(RoomDiscovery.DEFAULT_FIRST_MILLIS * (cold ? COLD_FACTOR : 1));
        } else if (transport() instanceof RoutedTunnel tunnel) {
            tunnel.company(others -> membership.setJoinTimeout(others ? PATIENCE_MILLIS : SECOND_OPINION_MILLIS));
        } else if (!guarded()) {
            membership.setJoinTimeout(membership.getJoinTimeout() * (cold ? COLD_FACTOR : 1));
        } else if (guard.tryHold()) {
            membership.setJoinTimeout(SECOND_OPINION_MILLIS);
        } else {
            membership.setJoinTimeout(PATIENCE_MILLIS);
            Discovery asking = channel.getProtocolStack().findProtocol(Discovery.class);
            if (asking != null) {
                // In a room with a passphrase the first question is lost: who hears it asks who is there. JGroups spreads the others.
                asking.numDiscoveryRuns((int) (PATIENCE_MILLIS / ASK_AGAIN_MILLIS));
            }
        }
    }

    private boolean guarded() {
        return options.reach() instanceof Reach.ThisMachine;
    }

    @Override
    public void sendToAll(byte[] frame) throws NetworkException {
        send(null, frame);
    }

    /** Over UDP, which hands datagrams to the system and has no connections to wait for. */
    @Override
    public boolean takesOffers() {
        return numbering != null;
    }

    @Override
    public boolean offerToAll(byte[] frame) throws NetworkException {
        if (numbering == null) {
            return false;
        }
        Message message = new BytesMessage(null, frame).setFlag(Message.TransientFlag.DONT_LOOPBACK, Message.TransientFlag.DONT_BLOCK);
        send(message);
        // Flow control drops a message that it would have to wait with, which is before it gets its number; with that it is repeated
        // until all have it.
        return message.getHeader(numbering.getId()) != null;
    }

    @Override
    public void send(long member, byte[] frame) throws NetworkException {
        Address to = addresses.get(member);
        if (to == null) {
            throw new NetworkException("member " + member + " is not in the group", null);
        }
        send(to, frame);
    }

    @Override
    public void sendLossy(byte[] frame) throws NetworkException {
        send(new BytesMessage(null, frame).setFlag(Message.Flag.NO_RELIABILITY, Message.Flag.NO_FC)
                .setFlag(Message.TransientFlag.DONT_LOOPBACK));
    }

    private void send(@Nullable Address to, byte[] frame) throws NetworkException {
        send(new BytesMessage(to, frame).setFlag(Message.TransientFlag.DONT_LOOPBACK));
    }

    private void send(Message message) throws NetworkException {
        try {
            channel.send(message);
        } catch (Exception e) {
            throw new NetworkException(e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Keys keys() {
        return keys;
    }

    @Override
    public NetworkLook describe() {
        return RoomNetworks.of(options, transport());
    }

    @Override
    public void lookForOthers() {
        // Alone we are the coordinator of a view that nobody else has, which is what merges are made of.
        Address self = channel.getAddress();
        if (self != null) {
            install(channel.getView(), List.of(self));
        }
    }

    @Override
    public void expel(List<Long> members) {
        GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
        List<Address> suspects = members.stream().map(addresses::get).filter(Objects::nonNull).toList();
        if (membership != null && !suspects.isEmpty()) {
            // Each tells itself, so that the next in line takes over if the coordinator is among them.
            membership.up(new Event(Event.SUSPECT, suspects));
        }
    }

    /** Sees somebody no more, who is not told of it; for tests. */
    void forget(JGroupsNetwork other) {
        org.jgroups.View view = channel.getView();
        install(view, view.getMembers().stream().filter(each -> !each.equals(other.channel.getAddress())).toList());
    }

    /** Here alone. */
    private void install(org.jgroups.View before, List<Address> members) {
        GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
        if (membership != null && before != null) {
            membership.installView(new org.jgroups.View(members.get(0), before.getViewId().getId() + 1, members));
        }
    }

    @Override
    public void close() {
        // First: whoever stays takes it with the view that tells of our leave.
        guard.close();
        if (!closed.getAndSet(true)) {
            try {
                channel.close();
            } finally {
                SharedThreads.end();
                if (keys != null) {
                    keys.close();
                }
            }
        }
    }

    /** The transport, for tests that break it. */
    TP transport() {
        return channel.getProtocolStack().getTransport();
    }

    private static long idOf(Address address) {
        return address instanceof UUID uuid ? uuid.getLeastSignificantBits() & Stamp.MAX_AUTHOR : 0;
    }

    private final class Adapter implements org.jgroups.Receiver {
        private final Receiver receiver;
        private @Nullable ViewId last;

        Adapter(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void receive(Message message) {
            long from = idOf(message.getSrc());
            if (from == options.self()) {
                return;
            }
            boolean toAll = message.getDest() == null;
            if (message instanceof BytesMessage && message.getArray() != null) {
                receiver.onFrame(from, toAll, message.getArray(), message.getOffset(), message.getLength());
            } else {
                receiver.onFrame(from, toAll, new byte[0], 0, 0);
            }
        }

        @Override
        public synchronized void viewAccepted(org.jgroups.View view) {
            // JGroups hands views up outside of its own lock, so an older one may come after a newer one.
            if (last != null && view.getViewId().compareToIDs(last) <= 0) {
                return;
            }
            last = view.getViewId();
            if (guarded()) {
                // Who held it may have left.
                guard.tryHold();
            }
            List<Address> members = view.getMembers();
            addresses = members.stream().collect(
                    Collectors.toConcurrentMap(JGroupsNetwork::idOf, each -> each, (first, second) -> first));
            List<List<Long>> sides = view instanceof MergeView merged ? sides(merged) : List.of();
            receiver.onView(new View(members.stream().map(JGroupsNetwork::idOf).toList(), sides));
        }

        /** Several subgroups that begin with the same member are views of one side, of different moments. */
        private List<List<Long>> sides(MergeView merged) {
            Map<Long, List<Long>> byFirst = new LinkedHashMap<>();
            for (org.jgroups.View group : merged.getSubgroups()) {
                List<Long> side = group.getMembers().stream().filter(merged::containsMember).map(JGroupsNetwork::idOf).toList();
                if (!side.isEmpty()) {
                    byFirst.putIfAbsent(side.get(0), side);
                }
            }
            return List.copyOf(byFirst.values());
        }
    }
}
