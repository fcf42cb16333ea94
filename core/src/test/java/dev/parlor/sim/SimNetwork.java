package dev.parlor.sim;

import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A network as JGroups gives it, at its worst: frames of one sender arrive in order (those to all and those to one
 * apart), those of different senders in any; frames are lost, doubled, delayed; links are cut, also one way; what a dying
 * member sent last reaches some only; what is sent across a cut, or to who does not yet see the sender in its view, is
 * lost, so at every merge. Who is in whose view, and when, is {@link Membership}.
 */
final class SimNetwork {
    private static final int SLOW_PERCENT = 4;
    private static final long SLOW_NANOS = 400 * Scheduler.MILLI;
    /** A message to one that finds the frame before it later than 2 s after may overtake it. */
    private static final long VERY_SLOW_NANOS = 1_800 * Scheduler.MILLI;
    private static final long FAST_NANOS = 4 * Scheduler.MILLI;
    /** Of what may be lost so much is lost where nothing else is. */
    private static final int LOSSY_PERCENT = 10;
    private static final int LOSSY_DOUBLE_PERCENT = 5;

    /** A directed link. */
    private record Link(long from, long to) {}

    /** A message that did not arrive, as it is written, at somebody. */
    private record LostMessage(String text, long to) {}

    /** A way on which frames keep their order. */
    record Channel(long from, long to, boolean toAll) {}

    /** Prints every frame: for one short schedule. */
    private static final boolean TRACING = Boolean.getBoolean("sim.trace");

    private final Scheduler scheduler;
    private final Random random;
    private final World world;
    private final Membership membership;
    private final Resending resending;
    final Map<Long, Member> members = new LinkedHashMap<>();
    private final Set<Link> cut = new HashSet<>();
    private final Set<LostMessage> lostMessages = new HashSet<>();
    private final Map<Link, List<Long>> apart = new HashMap<>();
    private final Map<Channel, Long> lastArrival = new HashMap<>();
    private int lossPercent;
    private int doublePercent;
    private int lossyPercent = LOSSY_PERCENT;
    private long slowNanos;
    private int inFlight;
    /** Bytes handed to the network, counted once for each receiver. */
    long bytesSent;
    /** Frames, counted so as well. */
    long framesSent;
    /** A hash of everything that arrived, when and where: the same for the same seed. */
    private long trace = 17;

    SimNetwork(World world, Random random) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.random = random;
        this.slowNanos = world.kind == Kind.SLOW_NETWORK ? VERY_SLOW_NANOS : SLOW_NANOS;
        this.membership = new Membership(this, scheduler, random, world.kind == Kind.SLOW_NETWORK);
        this.resending = new Resending(this, scheduler, random, world.kind == Kind.RESENT);
    }

    Membership membership() {
        return membership;
    }

    Member member(long id, SimHost host) {
        Member member = new Member(id, host);
        members.put(id, member);
        return member;
    }

    // ---- faults

    void lose(int percent) {
        lossPercent = percent;
    }

    void duplicate(int percent) {
        doublePercent = percent;
    }

    void beQuick() {
        slowNanos = SLOW_NANOS;
        lossyPercent = 0;
        membership.beFair();
    }

    void cut(long from, long to) {
        cut.add(new Link(from, to));
    }

    void healAll() {
        cut.clear();
    }

    /** Those of one kind reach those of the other again. */
    void heal(LongPredicate one, LongPredicate other) {
        cut.removeIf(link -> one.test(link.from()) && other.test(link.to()));
    }

    boolean isCut(long one, long other) {
        return cut.contains(new Link(one, other)) || cut.contains(new Link(other, one));
    }

    /** Whether a frame with this message was lost on the way to somebody. */
    boolean lost(String text, long to) {
        return lostMessages.contains(new LostMessage(text, to));
    }

    /** How many views of one were without the other. */
    int apart(long one, long other) {
        return apart.getOrDefault(new Link(one, other), List.of()).size();
    }

    /** How many views of either were without the other. */
    int partings(long one, long other) {
        return apart(one, other) + apart(other, one);
    }

    /** Whether each is in the other's view. */
    boolean see(long one, long other) {
        return members.get(one).view.contains(other) && members.get(other).view.contains(one);
    }

    /** Whether one of two got a view without the other in this time: what is meant for who is out of sight is not sent. */
    boolean wereApart(long one, long other, long fromNanos, long toNanos) {
        return Stream.of(new Link(one, other), new Link(other, one)).flatMap(link ->
                apart.getOrDefault(link, List.of()).stream()).anyMatch(at -> at >= fromNanos && at <= toNanos);
    }

    int inFlight() {
        return inFlight + resending.frames();
    }

    long trace() {
        return trace;
    }

    /** A frame does not arrive. */
    void drop(long from, long to, byte[] frame) {
        for (String text : SimPeer.messagesIn(from, frame)) {
            lostMessages.add(new LostMessage(text, to));
        }
    }

    // ---- frames

    private void send(Member from, Member to, boolean toAll, byte[] frame) {
        Channel channel = new Channel(from.id, to.id, toAll);
        boolean cutOff = isStopped(channel);
        if (resending.stops(channel, cutOff, frame)) {
            return;
        }
        if (cutOff || random.nextInt(100) < lossPercent) {
            drop(from.id, to.id, frame);
            return;
        }
        transmit(from, to, channel, frame);
    }

    boolean isStopped(Channel channel) {
        return cut.contains(new Link(channel.from(), channel.to()));
    }

    /** A frame is on its way. */
    void transmit(Member from, Member to, Channel channel, byte[] frame) {
        bytesSent += frame.length;
        framesSent++;
        int copies = random.nextInt(100) < doublePercent ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay = random.nextInt(100) < SLOW_PERCENT ? (long) (random.nextDouble() * slowNanos)
                    : 50_000 + (long) (random.nextDouble() * FAST_NANOS);
            long arrival = Math.max(scheduler.nanos() + delay, lastArrival.getOrDefault(channel, 0L));
            lastArrival.put(channel, arrival);
            inFlight++;
            boolean lostInACrash = random.nextBoolean();
            to.host.at(arrival, () -> arrive(from, to, channel.toAll(), frame, lostInACrash));
            scheduler.at(arrival, () -> inFlight--);
        }
    }

    /** A frame that may be lost, doubled and overtaken, and that is handed over to who does not see its sender as well. */
    private void sendLossy(Member from, Member to, byte[] frame) {
        if (isStopped(new Channel(from.id, to.id, true)) || random.nextInt(100) < lossPercent + lossyPercent) {
            return;
        }
        for (int copies = random.nextInt(100) < LOSSY_DOUBLE_PERCENT ? 2 : 1; copies > 0; copies--) {
            long delay = 50_000 + (long) (random.nextDouble() * (random.nextInt(100) < SLOW_PERCENT ? SLOW_NANOS : FAST_NANOS * 4));
            inFlight++;
            to.host.at(scheduler.nanos() + delay, () -> handOver(from, to, true, frame));
            scheduler.after(delay, () -> inFlight--);
        }
    }

    private void arrive(Member from, Member to, boolean toAll, byte[] frame, boolean lostInACrash) {
        if (!to.view.contains(from.id) && !resending.comesBeforeTheView(toAll) || (from.host.isDead() && lostInACrash)) {
            drop(from.id, to.id, frame);
            return;
        }
        handOver(from, to, toAll, frame);
    }

    private void handOver(Member from, Member to, boolean toAll, byte[] frame) {
        trace = trace * 31 + hash(frame) + to.id * 7 + scheduler.nanos();
        if (TRACING) {
            System.out.println(scheduler.millis() + " ms " + Long.toHexString(from.id) + (toAll ? " to all, at " : " to ")
                    + Long.toHexString(to.id) + ": " + describe(from.id, frame));
        }
        world.newer.handOver(from, to, toAll, frame, () ->
                to.receiver.onFrame(to.mangler.sender(from.id, to.view, frame), toAll, frame, 0, frame.length));
    }

    private static long hash(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame);
        return crc.getValue();
    }

    private static String describe(long from, byte[] frame) {
        try {
            return String.valueOf(FrameCodec.decode(from, frame, 0, frame.length)).replaceAll("buckets=[^,]*, ", "");
        } catch (MalformedFrameException e) {
            return e.getMessage();
        }
    }

    /** One member's side. */
    final class Member implements Network {
        final long id;
        final SimHost host;
        /** The view that has been handed to it. */
        List<Long> view = List.of();
        /** The view that the group has agreed on and that is on its way to it. */
        List<Long> agreed = List.of();
        Receiver receiver;
        boolean connected;
        long lastViewNanos;
        /** Left out of a merge, in a view that nobody else has. */
        boolean forgotten;
        Mangler mangler = world.flaw.mangler(world);
        /** Whose side this is. */
        SimPeer peer;
        boolean newer;
        int offered;
        /** Frames handed to it that may be skipped. */
        int skippable;
        /** By member the number of its last frame to all that was handed over. */
        final Map<Long, Long> lastNumbers = new HashMap<>();

        Member(long id, SimHost host) {
            this.id = id;
            this.host = host;
        }

        @Override
        public long self() {
            return id;
        }

        @Override
        public void connect(Receiver to) {
            receiver = to;
            connected = true;
            membership.joined(this);
        }

        @Override
        public void sendToAll(byte[] frame) {
            for (byte[] each : outgoing(frame)) {
                for (Member other : List.copyOf(members.values())) {
                    if (other != this && (view.contains(other.id) || other.overhears(this))) {
                        sendTo(other, true, each);
                    }
                }
            }
        }

        /** Every second member sends on the thread of whoever writes, if the network does not refuse it, as now and then it does. */
        @Override
        public boolean takesOffers() {
            return id % 2 == 0;
        }

        @Override
        public boolean offerToAll(byte[] frame) {
            boolean takes = ++offered % 4 != 0;
            if (takes) {
                sendToAll(frame);
            }
            return takes;
        }

        @Override
        public void sendLossy(byte[] frame) {
            for (byte[] each : outgoing(frame)) {
                for (Member other : List.copyOf(members.values())) {
                    if (other != this && connected && other.connected && (view.contains(other.id) || other.overhears(this))) {
                        SimNetwork.this.sendLossy(this, other, each);
                    }
                }
            }
        }

        private List<byte[]> outgoing(byte[] frame) {
            return world.newer.sent(id, newer, mangler.outgoing(id, frame));
        }

        /** Whoever was expelled and has not noticed still hears what is sent to all, as with JGroups. */
        private boolean overhears(Member sender) {
            return view.contains(sender.id);
        }

        @Override
        public void send(long member, byte[] frame) {
            for (byte[] each : outgoing(frame)) {
                Member to = members.get(member);
                if (to != null && view.contains(member)) {
                    sendTo(to, false, each);
                }
            }
        }

        private void sendTo(Member to, boolean toAll, byte[] frame) {
            if (connected && to.connected) {
                SimNetwork.this.send(this, to, toAll, frame);
            }
        }

        boolean isUp() {
            return connected && !host.isDead();
        }

        void installView(List<Long> installed, List<List<Long>> sides) {
            view = installed;
            for (long other : members.keySet()) {
                if (!installed.contains(other)) {
                    apart.computeIfAbsent(new Link(id, other), link -> new ArrayList<>()).add(scheduler.nanos());
                }
            }
            if (TRACING) {
                System.out.println(scheduler.millis() + " ms view at " + Long.toHexString(id) + ": "
                        + installed.stream().map(Long::toHexString).toList());
            }
            receiver.onView(new View(installed, mangler.sides(sides)));
        }

        @Override
        public void lookForOthers() {
            membership.alone(this);
        }

        @Override
        public void close() {
            if (connected) {
                connected = false;
                membership.left();
            }
        }
    }

    List<Member> connected() {
        List<Member> all = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.isUp()) {
                all.add(member);
            }
        }
        return all;
    }
}
