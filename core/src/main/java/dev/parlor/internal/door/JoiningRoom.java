package dev.parlor.internal.door;

import dev.parlor.InvalidArgumentException;
import dev.parlor.JoinException;
import dev.parlor.Limits;
import dev.parlor.ParlorException;
import dev.parlor.Participant;
import dev.parlor.PeerDiscovery;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.SyncProgress;
import dev.parlor.internal.arguments.Arguments;
import dev.parlor.internal.facade.Encoding;
import dev.parlor.internal.facade.SharedRoom;
import dev.parlor.internal.facade.Texts;
import dev.parlor.internal.future.Completion;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.value.ReadTypes;
import dev.parlor.internal.value.TypeRegistry;
import dev.parlor.internal.value.ValueCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects how a room is to be joined, and joins it. */
public final class JoiningRoom implements RoomBuilder {
    private static final Duration DEFAULT_JOIN_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration DEFAULT_MAX_SKEW = Duration.ofSeconds(10);
    private static final Duration DEFAULT_RETENTION = Duration.ofHours(1);
    /** Removed keys remembered before any is forgotten: about a megabyte. */
    private static final int MIN_TOMBSTONES = 10_000;
    private static final Log LOG;

    static {
        Loading.begin();
        LOG = Log.of(Room.class);
    }

    private final String room;
    private final Surroundings surroundings;
    private final Meeting meeting = new Meeting();
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final Map<Class<?>, Integer> numberedTypes = new LinkedHashMap<>();
    private final List<Consumer<SharedRoom>> listeners = new ArrayList<>();
    /** What the listeners are to hear, which is looked at when all classes are known. */
    private final List<Class<?>> askedFor = new ArrayList<>();
    private @Nullable String displayName;
    private @Nullable Object userData;
    private char @Nullable [] passphrase;
    private @Nullable Executor events;
    private Limits limits = Limits.defaults();
    private Duration joinTimeout = DEFAULT_JOIN_TIMEOUT;
    private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
    private Duration maxClockSkew = DEFAULT_MAX_SKEW;
    private Duration retention = DEFAULT_RETENTION;
    private Duration userDataPace = Duration.ZERO;
    private boolean failWhenOutboxFull;
    private boolean hearOwnMessages;
    private long memoryBytes;
    private long backlogBytes;
    private @Nullable Consumer<? super SyncProgress> progressListener;

    /** Begins to join a room of the world. */
    public JoiningRoom(String room) {
        this(room, new RealSurroundings());
    }

    /** Begins to join a room elsewhere. */
    public JoiningRoom(String room, Surroundings surroundings) {
        this.room = Texts.roomName(room);
        this.surroundings = surroundings;
    }

    @Override
    public RoomBuilder as(String name) {
        displayName = Texts.requireName("the display name", name);
        return this;
    }

    @Override
    public RoomBuilder userData(Object data) {
        if (data == null) {
            throw new InvalidArgumentException("the user data must not be null: leave the call out to share nothing");
        }
        userData = data;
        return this;
    }

    @Override
    public RoomBuilder types(Class<?>... classes) {
        if (classes == null) {
            throw new InvalidArgumentException("the classes to register must not be null: leave the call out to register none");
        }
        List<Class<?>> named = new ArrayList<>();
        for (Class<?> type : classes) {
            named.add(requireType(type));
        }
        types.addAll(named);
        return this;
    }

    @Override
    public RoomBuilder type(int id, Class<?> type) {
        Integer other = numberedTypes.putIfAbsent(requireType(type), id);
        if (other != null && other != id) {
            throw new InvalidArgumentException(type.getName() + " has the number " + other + " already and was given " + id
                    + ": keep one of both");
        }
        return this;
    }

    @Override
    public RoomBuilder passphrase(char[] text) {
        passphrase = Texts.passphrase(text, "leave the call out for an open room");
        return this;
    }

    @Override
    public RoomBuilder lan() {
        meeting.lan();
        return this;
    }

    @Override
    public RoomBuilder hosts(String... hosts) {
        meeting.hosts(hosts);
        return this;
    }

    @Override
    public RoomBuilder folder(Path shared) {
        meeting.folder(shared);
        return this;
    }

    @Override
    public RoomBuilder discovery(PeerDiscovery way) {
        meeting.discovery(way);
        return this;
    }

    @Override
    public RoomBuilder via(String... routers) {
        meeting.via(routers);
        return this;
    }

    @Override
    public RoomBuilder port(int listenAt) {
        meeting.port(listenAt);
        return this;
    }

    @Override
    public RoomBuilder stack(String location) {
        meeting.stack(location);
        return this;
    }

    @Override
    public RoomBuilder networkInterface(String nameOrAddress) {
        meeting.networkInterface(nameOrAddress);
        return this;
    }

    @Override
    public RoomBuilder deliverOn(Executor executor) {
        if (executor == null) {
            throw new InvalidArgumentException("the executor must not be null: leave the call out for a thread of the room");
        }
        events = executor;
        return this;
    }

    @Override
    public RoomBuilder limits(Limits newLimits) {
        if (newLimits == null) {
            throw new InvalidArgumentException("the limits must not be null: begin with Limits.defaults()");
        }
        limits = newLimits;
        return this;
    }

    @Override
    public RoomBuilder joinTimeout(Duration timeout) {
        SharedRoom.requireTimeout(timeout);
        joinTimeout = timeout;
        return this;
    }

    @Override
    public RoomBuilder closeTimeout(Duration timeout) {
        SharedRoom.requireTimeout(timeout);
        closeTimeout = timeout;
        return this;
    }

    @Override
    public RoomBuilder maxClockSkew(Duration bound) {
        SharedRoom.requireTimeout(bound);
        maxClockSkew = bound;
        return this;
    }

    @Override
    public RoomBuilder retention(Duration time) {
        SharedRoom.requireTimeout(time);
        retention = time;
        return this;
    }

    @Override
    public RoomBuilder userDataPace(Duration interval) {
        userDataPace = SharedRoom.requirePace(interval);
        return this;
    }

    @Override
    public RoomBuilder failWhenOutboxFull() {
        failWhenOutboxFull = true;
        return this;
    }

    @Override
    public RoomBuilder memory(long bytes) {
        memoryBytes = MemoryBounds.requireMemory(bytes);
        return this;
    }

    @Override
    public RoomBuilder messageBacklog(long bytes) {
        backlogBytes = MemoryBounds.requireBacklog(bytes);
        return this;
    }

    @Override
    public RoomBuilder hearOwnMessages() {
        hearOwnMessages = true;
        return this;
    }

    @Override
    public <E extends RoomEvent> RoomBuilder on(Class<E> type, Consumer<? super E> listener) {
        Arguments.requireType(type);
        Arguments.requireListener(listener);
        listeners.add(joined -> joined.on(type, listener));
        return this;
    }

    @Override
    public <T> RoomBuilder onMessage(Class<T> type, BiConsumer<? super T, ? super Participant> listener) {
        Arguments.requireType(type);
        Arguments.requireListener(listener);
        Class<T> heard = ReadTypes.arriving(type);
        askedFor.add(heard);
        listeners.add(joined -> joined.onMessage(heard, listener));
        return this;
    }

    @Override
    public <T> RoomBuilder onRequest(Class<T> type, BiFunction<? super T, ? super Participant, ?> handler) {
        Arguments.requireType(type);
        Arguments.requireListener(handler);
        Class<T> asked = ReadTypes.arriving(type);
        askedFor.add(asked);
        listeners.add(joined -> joined.onRequest(asked, handler));
        return this;
    }

    @Override
    public RoomBuilder onSyncProgress(Consumer<? super SyncProgress> listener) {
        Arguments.requireListener(listener);
        progressListener = listener;
        return this;
    }

    @Override
    public Room join() {
        Function<NetworkOptions, Network> opening = surroundings.opening(room, passphrase);
        long self = surroundings.newId();
        Environment environment = surroundings.environment(self, events);
        CompletableFuture<Room> joining = begin(self, environment, opening);
        try {
            if (environment.waiting().before(joining::isDone, Long.MAX_VALUE) == 0 && !joining.isDone()) {
                joining.cancel(true);
                throw new JoinException(JoinException.Reason.TIMEOUT, "the join of the room \"" + room + "\" would never end", null);
            }
            return joining.get();
        } catch (InterruptedException e) {
            joining.cancel(true);
            Thread.currentThread().interrupt();
            throw new JoinException(JoinException.Reason.CANCELLED, "interrupted while joining the room \"" + room
                    + "\"", e);
        } catch (ExecutionException e) {
            Throwable why = Objects.requireNonNull(e.getCause(), "a join fails with an exception");
            why.addSuppressed(new JoinCalledHere());
            if (why instanceof RuntimeException failed) {
                throw failed;
            }
            if (why instanceof Error broken) {
                throw broken;
            }
            throw new CompletionException(why);
        }
    }

    @Override
    public CompletableFuture<Room> joinAsync() {
        Function<NetworkOptions, Network> opening = surroundings.opening(room, passphrase);
        long self = surroundings.newId();
        Environment environment = surroundings.environment(self, events);
        try {
            return begin(self, environment, opening);
        } catch (ParlorException e) {
            CompletableFuture<Room> refused = new Completion<>(environment);
            refused.completeExceptionally(e);
            return refused;
        }
    }

    private CompletableFuture<Room> begin(long self, Environment environment,
            Function<NetworkOptions, Network> opening) {
        if (meeting.isPublic() && passphrase == null) {
            LOG.info("the room \"{}\" is open: anyone on the network can join it; give it a passphrase(…) to keep "
                    + "strangers out", room);
        }
        NetworkOptions networkOptions = networkOptions(self);
        String name = networkOptions.displayName();
        // Where a program has just begun, the stack there and the codec here load their classes side by side.
        CompletableFuture<Network> network = CompletableFuture.supplyAsync(() -> opening.apply(networkOptions),
                environment.worker());
        try {
            Encoding encoding = new Encoding(new ValueCodec(TypeRegistry.of(types, numberedTypes)), limits);
            askedFor.forEach(encoding.codec()::asked);
            byte @Nullable [] encodedUserData = userData == null ? null : encoding.userData(userData);
            RoomOptions options = new RoomOptions(room, name, limits, encodedUserData, joinTimeout,
                    closeTimeout, maxClockSkew, retention, MIN_TOMBSTONES, failWhenOutboxFull, hearOwnMessages,
                    memoryBytes > 0 ? memoryBytes : Budget.defaultBytes(), backlogBytes, userDataPace);
            JoinAttempt attempt = new JoinAttempt(surroundings, environment);
            attempt.begin(options, encoding, network, List.copyOf(listeners), progressListener);
            return attempt.result();
        } catch (RuntimeException | Error e) {
            network.thenAccept(Network::close);
            environment.end().run();
            throw e;
        }
    }

    private NetworkOptions networkOptions(long self) {
        return meeting.options(room, displayName != null ? displayName : System.getProperty("user.name", "somebody") + "-"
                + ProcessHandle.current().pid(), self, passphrase);
    }

    /** Looks at the network as this says now, without joining; it may be changed meanwhile. */
    Supplier<Observations> outlook() {
        NetworkOptions options = networkOptions(surroundings.newId());
        Duration skew = maxClockSkew;
        return () -> surroundings.observe(options, skew);
    }

    private static Class<?> requireType(@Nullable Class<?> type) {
        if (type == null) {
            throw new InvalidArgumentException("a class to register must not be null: pass one such as Poll.class");
        }
        return type;
    }
}
