package dev.parlor.internal.engine;

import dev.parlor.Room;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * A real room that has joined, alone, whose network is a test: which says who is there, and what has come from whom. All on
 * one thread, in a time of its own.
 */
public final class LoneRoom implements AutoCloseable {
    public static final long SELF = 1;
    public static final long BEGIN_MILLIS = 1_700_000_000_000L;
    /** Enough for any exchange among those who are there. */
    private static final long A_WHILE_MILLIS = 5_000;
    private static final long SLOW_MILLIS = 1_000;

    private record Due(long millis, long order, Runnable action) {}

    /** A frame that the room has sent, to one or (0) to all. */
    public record Sent(long to, Frame frame) {}

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
    /** What the listeners are to hear while they stand still. */
    private final Deque<Runnable> undelivered = new ArrayDeque<>();
    private boolean standing;
    private boolean refusing;
    private boolean dropping;
    private int refused;
    private int failing;
    private boolean full;
    private boolean gone;
    private final List<Sent> sent = new ArrayList<>();
    private final SimPeer peer;
    private Network.Receiver receiver;
    private long millis = BEGIN_MILLIS;
    private long leaptMillis;
    private boolean slow;
    private long busyUntilMillis;
    private long order;
    private final CompletableFuture<Void> joined;

    public LoneRoom() {
        this(Budget.defaultBytes());
    }

    /** One whose network takes frames on the thread of whoever writes, as long as it need not wait. */
    public static LoneRoom offering() {
        LoneRoom room = new LoneRoom(Budget.defaultBytes(), true);
        room.pass(A_WHILE_MILLIS);
        room.joined.join();
        return room;
    }

    /** @param memoryBytes what it may use beside the data */
    public LoneRoom(long memoryBytes) {
        this(memoryBytes, false);
        pass(A_WHILE_MILLIS);
        joined.join();
    }

    /** One that joins where these were before it. */
    public static LoneRoom joining(Long... before) {
        return new LoneRoom(Budget.defaultBytes(), false, before);
    }

    private LoneRoom(long memoryBytes, boolean offers, Long... before) {
        Network network = new Network() {
            @Override
            public boolean takesOffers() {
                return offers;
            }

            @Override
            public boolean offerToAll(byte[] frame) throws NetworkException {
                if (gone) {
                    throw new NetworkException("gone", null);
                }
                if (!full) {
                    note(0, frame);
                }
                return !full;
            }

            @Override
            public long self() {
                return SELF;
            }

            @Override
            public void connect(Receiver to) {
                receiver = to;
                membersAfter(before);
            }

            @Override
            public void sendToAll(byte[] frame) {
                note(0, frame);
            }

            @Override
            public void send(long member, byte[] frame) {
                note(member, frame);
            }

            @Override
            public void lookForOthers() {
                members();
            }

            @Override
            public void close() {
                // There is nothing.
            }
        };
        peer = new SimPeer("lone", "data", Duration.ofDays(1), network, () -> millis + leaptMillis, () -> millis * 1_000_000,
                tasks::add, this::deliver, tasks::add,
                (delay, action) -> timers.add(new Due(millis + Math.max(1, delay), order++, action)), memoryBytes);
        joined = peer.join();
        joined.thenRun(peer::startListeners);
    }

    public boolean hasJoined() {
        return joined.isDone() && !joined.isCompletedExceptionally();
    }

    /** Why it could not join, or null. */
    public Throwable joinFailure() {
        return joined.isCompletedExceptionally() ? joined.handle((done, thrown) -> thrown).join() : null;
    }

    /** The next frames cannot be sent, for want of memory. */
    public void failNext(int frames) {
        failing = frames;
    }

    /** Whether the network would have to be waited for. */
    public void networkFull(boolean now) {
        full = now;
    }

    /** Whether the network takes nothing offered any more. */
    public void networkGone(boolean now) {
        gone = now;
    }

    /** What waits for a thread is done. */
    public void finishTasks() {
        work();
    }

    private void note(long to, byte[] frame) {
        if (failing > 0) {
            failing--;
            throw new OutOfMemoryError("planted");
        }
        try {
            sent.add(new Sent(to, FrameCodec.decode(SELF, frame, 0, frame.length).frame()));
        } catch (dev.parlor.internal.wire.MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    private void deliver(Runnable turn) {
        if (refusing) {
            refused++;
            throw new RejectedExecutionException("on purpose");
        }
        if (dropping) {
            return;
        }
        (standing ? undelivered : tasks).add(turn);
    }

    /** The listeners stand still, or go on. */
    public void listenersStand(boolean still) {
        standing = still;
        if (!still) {
            tasks.addAll(undelivered);
            undelivered.clear();
            work();
        }
    }

    /** Whether the executor of the listeners refuses what it is given. */
    public void listenersRefuse(boolean all) {
        refusing = all;
    }

    /** Whether it drops what it is given, without a word. */
    public void listenersDrop(boolean all) {
        dropping = all;
    }

    /** How often it has refused. */
    public int refused() {
        return refused;
    }

    public Room room() {
        return peer.room();
    }

    /** What it has sent since it was asked last. */
    public List<Sent> takeSent() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** There is a new view: of the room itself and these. */
    public void members(Long... others) {
        receiver.onView(new Network.View(Stream.concat(Stream.of(SELF), Stream.of(others)).toList(), List.of()));
        work();
    }

    /** There is a new view in which groups meet: of the room itself and these. */
    public void meets(Long... others) {
        receiver.onView(new Network.View(Stream.concat(Stream.of(SELF), Stream.of(others)).toList(), List.of(List.of(SELF), List.of(others[0]))));
        work();
    }

    /** There is a new view of these, itself among them, in which these groups meet. */
    public void meets(List<Long> members, List<List<Long>> groups) {
        receiver.onView(new Network.View(members, groups));
        work();
    }

    /** The network says that somebody was away for a moment. */
    public void heardAgain() {
        receiver.onHeardAgain();
        work();
    }

    public long nowMillis() {
        return millis;
    }

    /** The number of its last frame to all. */
    public long lastNumber() {
        return peer.lastNumber();
    }

    /** Whether what the others lack is still to be passed on. */
    public boolean isSpreading() {
        return peer.isSpreading();
    }

    public long lossAgeMillis() {
        return peer.lossAgeMillis();
    }

    /** There is a new view in which these come first: the first of them is the coordinator. */
    public void membersAfter(Long... others) {
        receiver.onView(new Network.View(Stream.concat(Stream.of(others), Stream.of(SELF)).toList(), List.of()));
        work();
    }

    /** Bytes have come. */
    public void comes(long from, boolean toAll, byte[] bytes) {
        receiver.onFrame(from, toAll, bytes, 0, bytes.length);
        work();
    }

    /** A frame has come. */
    public void comes(long from, boolean toAll, long number, Frame frame) {
        comes(from, toAll, FrameCodec.encode(from, new Frame.Numbered(number, frame)));
    }

    private void work() {
        for (Runnable task; millis >= busyUntilMillis && (task = tasks.poll()) != null;) {
            task.run();
            busyUntilMillis = slow ? millis + SLOW_MILLIS : 0;
        }
    }

    /** Whether each task takes longer than the time from one look at the room to the next. */
    public void slow(boolean now) {
        slow = now;
        busyUntilMillis = 0;
    }

    /** The wall clock leaps, as when the machine slept or somebody set it. */
    public void leap(long byMillis) {
        leaptMillis += byMillis;
    }

    /** What a key's stamp says, in milliseconds since 1970. */
    public long writtenMillis(String key) {
        return peer.entry(key).stamp().millis();
    }

    /** Time passes. */
    public void pass(long span) {
        long end = millis + span;
        work();
        while (!timers.isEmpty() && timers.peek().millis() <= end) {
            Due due = timers.poll();
            millis = Math.max(millis, due.millis());
            due.action().run();
            work();
        }
        millis = end;
    }

    @Override
    public void close() {
        peer.end();
        work();
    }
}
