package dev.parlor.internal.engine;

import dev.parlor.Limits;
import dev.parlor.Room;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A real room whose network, clocks and executors are the simulation's, with a look into its replica. */
public final class SimPeer {
    private static final ValueCodec CODEC = new ValueCodec(TypeRegistry.of(Set.of(), Map.of()));
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    /** How far a clock of the simulation may be off before it is warned of, as in a real room. */
    public static final Duration MAX_SKEW = Duration.ofSeconds(10);

    /** Stands for a frame of a kind that only newer programs know: no state has this root. */
    public static final Frame UNKNOWN = new Frame.Agree(0x554E_4B4E_4F57_4EL);

    /** Longer than anybody is cut off, shorter than a schedule. */
    public static final Duration RETENTION = Duration.ofSeconds(20);
    /** More removed keys than these, and more than live ones, and the old ones are forgotten. */
    public static final int MIN_TOMBSTONES = 2;

    /** As long as an answer to a repair is kept whose requester has fallen silent. */
    private static final long STREAM_LIFETIME_NANOS = 60_000_000_000L;
    private static final Field ROOM_MILLIS = field(RoomTime.class, "roomMillis");

    /** Runs an action after a delay in milliseconds. */
    public interface Timer {
        void after(long delayMillis, Runnable action);
    }

    private final RoomEngine core;
    private final Waiting waiting;
    private long pastTheOutbox = 1_000_000;
    private final Room room;
    private final AtomicInteger timersSet = new AtomicInteger();

    /** A room that has not joined yet. */
    public SimPeer(String name, Object userData, Duration retention, Network network, LongSupplier millis, LongSupplier nanos,
            Executor worker, Executor events, Executor callbacks, Timer timer) {
        this(name, userData, retention, network, millis, nanos, worker, events, callbacks, timer, Budget.defaultBytes());
    }

    /** A room of so much memory that has not joined yet. */
    public SimPeer(String name, Object userData, Duration retention, Network network, LongSupplier millis, LongSupplier nanos,
            Executor worker, Executor events, Executor callbacks, Timer timer, long memoryBytes) {
        this(name, userData, retention, network, millis, nanos, worker, events, callbacks, timer, memoryBytes, Duration.ZERO);
    }

    /** One that sends its user data no more often than that. */
    public SimPeer(String name, Object userData, Duration retention, Network network, LongSupplier millis, LongSupplier nanos,
            Executor worker, Executor events, Executor callbacks, Timer timer, long memoryBytes, Duration userDataPace) {
        RoomOptions options = new RoomOptions("sim", name, Limits.defaults(),
                CODEC.encode(userData, () -> "", Integer.MAX_VALUE, ""), JOIN_TIMEOUT, CLOSE_TIMEOUT, MAX_SKEW, retention,
                MIN_TOMBSTONES, true, false, memoryBytes, 0, userDataPace);
        core = new RoomEngine(options, CODEC, new Environment(millis, nanos, worker, events, false, callbacks, cancellable(timer),
                cancellable(timer), action -> new Thread(action).start(), Environment.Waiting.REALLY,
                () -> {}), network, null);
        room = Backstage.room(core, CODEC, Limits.defaults());
        waiting = new Waiting(core);
    }

    private Environment.Timer cancellable(Timer timer) {
        return (delayMillis, action) -> {
            AtomicBoolean due = new AtomicBoolean(true);
            timersSet.incrementAndGet();
            timer.after(delayMillis, () -> {
                if (ends(due)) {
                    action.run();
                }
            });
            return () -> ends(due);
        };
    }

    private boolean ends(AtomicBoolean due) {
        boolean ended = due.getAndSet(false);
        timersSet.addAndGet(ended ? -1 : 0);
        return ended;
    }

    /** Timers that are neither due nor cancelled. */
    public int timersSet() {
        return timersSet.get();
    }

    /** Whether what the others lack is still to be passed on. */
    public boolean isSpreading() {
        return core.machine().repair().isSpreading();
    }

    /** What waits for something though nobody does anything: by name how much, and nothing if that is nothing. */
    public Map<String, Integer> leftovers() {
        core.enter();
        try {
            Map<String, Integer> left = new TreeMap<>();
            left.put("requests", sizeOf(core.machine().messaging().requests(), "pending"));
            left.put("flushes", sizeOf(core.machine().messaging().flushes(), "waiting"));
            left.put("streams", streamsForgotten());
            left.put("moments", ((List<?>) valueOf(valueOf(core.state().session().past(), "moments"), "open")).size());
            left.put("messages held", heldMessages());
            left.put("keys to send", core.machine().outbox().keys());
            left.put("messages to send", core.machine().outbox().messages());
            left.values().removeIf(size -> size == 0);
            return left;
        } finally {
            core.leave();
        }
    }

    /** Answers to repairs that are kept for longer than their lifetime, and a little: they are looked at now and then. */
    private int streamsForgotten() {
        long now = core.environment().nanos().getAsLong();
        return (int) mapOf(valueOf(core.machine().repair(), "answers"), "streams").values().stream()
                .filter(stream -> now - (long) valueOf(stream, "startedNanos") > STREAM_LIFETIME_NANOS + 1_000_000_000L).count();
    }

    private static int sizeOf(Object owner, String field) {
        return mapOf(owner, field).size();
    }

    private static Map<?, ?> mapOf(Object owner, String field) {
        return (Map<?, ?>) valueOf(owner, field);
    }

    private static Object valueOf(Object owner, String field) {
        try {
            return field(owner.getClass(), field).get(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    public Room room() {
        return room;
    }

    /** Joins; listeners begin when the caller says so. */
    public CompletableFuture<Void> join() {
        return core.join();
    }

    public void startListeners() {
        core.startListeners();
    }

    /** Leaves as {@link Room#close()} does, without waiting. */
    public CompletableFuture<Void> leave() {
        return core.sayGoodbye().thenRun(() -> core.end(0));
    }

    /** Ends without a word, as a failed join does. */
    public void end() {
        core.end(0);
    }

    public boolean isLive() {
        return core.state().isLive();
    }

    public VersionedValue entry(String key) {
        return core.state().session().entry(key);
    }

    public Stamp clear() {
        return core.state().session().clear();
    }

    public Digest digest() {
        return core.state().session().digest();
    }

    /** Whether listeners have been told all that there is to tell. */
    public boolean hasTold() {
        return core.dispatcher().isDelivered();
    }

    /** The room's time as it was when this participant looked last; to ask for it would be a look. */
    public long lookedRoomMillis() {
        try {
            return (long) ROOM_MILLIS.get(core.state().time());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(Class<?> of, String name) {
        try {
            Field found = of.getDeclaredField(name);
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether nothing written here waits to be sent. */
    public boolean isIdle() {
        return !core.machine().departures().isBusy() && core.machine().outbox().isEmpty();
    }

    /** How old the youngest loss is that it knows of, or -1. */
    public long lossAgeMillis() {
        return core.state().losses().ageMillis();
    }

    /** Whether it knows itself to be equal to those present, whoever else may be missing. */
    public boolean isEqualToThosePresent() {
        core.enter();
        try {
            return core.machine().repair().inSync();
        } finally {
            core.leave();
        }
    }

    public boolean hasOthers() {
        return core.state().hasOthers();
    }

    /** The number of the last frame to all. */
    public long lastNumber() {
        return core.machine().departures().lastNumber();
    }

    /** Messages that wait for what was sent before them. */
    public int heldMessages() {
        return core.state().inbounds().values().stream().mapToInt(Inbound::heldMessages).sum();
    }

    /** Frames that were found missing. */
    public long framesMissed() {
        return core.state().stats().framesMissed;
    }

    /** What the queues have told of what they hold. */
    public Budget budget() {
        return core.state().budget();
    }

    /** What they hold, in bytes, by use. */
    public Map<Budget.Use, Long> waitingBytes() {
        return waiting.bytes();
    }

    /** Whether a listener is being told just now: what it hears is in no queue any more. */
    public boolean isTelling() {
        return core.dispatcher().isDelivering();
    }

    /** Sends {@link #UNKNOWN} as any other frame. @param to null for all */
    public void sendUnknown(Long to) {
        core.apply(() -> core.machine().outbox().control(to, () -> UNKNOWN));
    }

    /** The replica itself, for flaws planted in it. */
    public SessionReplica replica() {
        return core.state().session();
    }

    /** A frame that says something without going through the outbox, which would be a flaw. */
    public byte[] pastTheOutbox(String text) {
        long self = core.state().self();
        return FrameCodec.encode(self, new Frame.Numbered(core.machine().departures().lastNumber(), new Frame.Direct(
                ++pastTheOutbox, core.state().users().of(self).version(),
                List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, encoded(text))))));
    }

    /** The texts of the messages to listeners that a frame carries; none in one that nobody could read. */
    public static List<String> messagesIn(long from, byte[] bytes) {
        Frame frame;
        try {
            frame = FrameCodec.decode(from, bytes, 0, bytes.length).frame();
        } catch (MalformedFrameException e) {
            return List.of();
        }
        List<Frame.AppMessage> messages = frame instanceof Frame.Update update ? update.messages()
                : frame instanceof Frame.Direct direct ? direct.messages() : List.of();
        return messages.stream().filter(each -> each.kind() == Frame.AppMessage.Kind.MESSAGE)
                .map(each -> (String) decoded(each.payload())).toList();
    }

    /** The bytes of a text as values travel. */
    public static byte[] encoded(Object value) {
        return CODEC.encode(value, () -> "", Integer.MAX_VALUE, "");
    }

    /** The object of bytes as values travel. */
    public static Object decoded(byte[] bytes) {
        try {
            return CODEC.decode(bytes);
        } catch (dev.parlor.internal.value.UndecodableValueException e) {
            throw new AssertionError(e);
        }
    }
}
