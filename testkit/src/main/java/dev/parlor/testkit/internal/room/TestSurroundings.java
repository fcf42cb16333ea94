package dev.parlor.testkit.internal.room;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.RoomStatus;
import dev.parlor.internal.door.Surroundings;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.thread.Environment;
import dev.parlor.testkit.internal.medium.Faults;
import dev.parlor.testkit.internal.medium.Gate;
import dev.parlor.testkit.internal.medium.Medium;
import dev.parlor.testkit.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What rooms of a test are joined in: the inside of a network of the testkit. Knows those that are open. Thread-safe. */
public final class TestSurroundings implements Surroundings, AutoCloseable {
    /** Says of a room in what it was joined, until that is closed. Guarded by itself. */
    private static final Map<Room, TestSurroundings> ALL = new IdentityHashMap<>();

    /** What was written before the network changes is sent before; who stands still sends nothing. */
    private static final Duration SENT_BEFORE = Duration.ofSeconds(1);

    private static final List<String> NAMES = List.of("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana");

    private record Begun(Gate gate, Environment environment, Throwable here) {}

    private final Supplier<String> name;
    private final Time time;
    private final Medium medium;
    private final Random ids;
    private final Map<Long, Begun> begun = new LinkedHashMap<>();
    private final Map<Room, EventLog> logs = new IdentityHashMap<>();
    private final Map<Long, OpenedRoom> rooms = new LinkedHashMap<>();
    private int named;
    private boolean closed;
    private volatile Duration patience;

    /**
     * Surroundings without a room.
     *
     * @param name what a person calls the network
     * @param patience how long assertions wait
     * @param seed of the ids
     */
    public TestSurroundings(Supplier<String> name, Time time, Medium medium, Duration patience, long seed) {
        this.name = name;
        this.patience = patience;
        this.time = time;
        this.medium = medium;
        // Not the sequence of the faults, which a test with one room more would shift.
        this.ids = new Random(~seed);
    }

    /** What a room was joined in, or null if it was joined elsewhere. */
    public static @Nullable TestSurroundings around(Room room) {
        synchronized (ALL) {
            return ALL.get(room);
        }
    }

    /** How long assertions wait for what they assert. */
    public void patience(Duration most) {
        patience = most;
    }

    public Duration patience() {
        return patience;
    }

    /** Lets time pass until something holds; says whether it does. */
    boolean await(BooleanSupplier condition, Duration most) {
        return time.await(condition, most);
    }

    /** What is known of a room of this network. */
    public synchronized OpenedRoom of(Room room) {
        OpenedRoom known = rooms.values().stream().filter(each -> each.room() == room).findFirst().orElse(null);
        if (known == null) {
            throw new InvalidArgumentException("a room that was joined on this network is needed, got " + room
                    + ": join it with network.join(…) or network.named(…)");
        }
        return known;
    }

    /** Rooms that are open, in the order of joining. */
    public synchronized List<OpenedRoom> open() {
        return rooms.values().stream().filter(each -> each.room().status() != RoomStatus.CLOSED).toList();
    }

    /** Whether all of these see each other who are open and can. */
    public boolean haveMet(List<Room> given, Faults faults) {
        List<OpenedRoom> there = open().stream().filter(each -> given.contains(each.room()) && !each.gate().isPaused()).toList();
        return there.stream().allMatch(one -> there.stream().allMatch(other -> !faults.reach(one.id(), other.id())
                || one.room().participant(other.room().me().id()).isPresent()));
    }

    /** Waits a moment until all that was written has been sent. */
    public void letSend() {
        time.await(() -> open().stream().allMatch(each -> each.gate().isPaused() || Backstage.isIdle(each.room())), SENT_BEFORE);
    }

    /** The display name of one more participant. */
    public synchronized String nextName() {
        int index = named++;
        return index < NAMES.size() ? NAMES.get(index) : "Guest " + (index + 1);
    }

    @Override
    public synchronized long newId() {
        return 1 + ids.nextLong(Stamp.MAX_AUTHOR);
    }

    @Override
    public Environment environment(long self, @Nullable Executor events) {
        Gate gate = new Gate();
        Environment environment = gate.behind(time.environment(events));
        synchronized (this) {
            if (closed) {
                throw new InvalidArgumentException(this + " is closed: nobody can join there any more");
            }
            begun.put(self, new Begun(gate, environment, new Throwable("opened here")));
        }
        return environment;
    }

    @Override
    public Network network(NetworkOptions options) {
        Begun known;
        synchronized (this) {
            known = Objects.requireNonNull(begun.get(options.self()), "a room asks for its environment first");
        }
        return medium.open(options, known.gate());
    }

    @Override
    public void joining(Room room) {
        EventLog log = EventLog.of(room);
        synchronized (this) {
            logs.put(room, log);
        }
    }

    @Override
    public void joined(Room room) {
        synchronized (ALL) {
            ALL.put(room, this);
        }
        Begun known;
        boolean late;
        synchronized (this) {
            long id = room.me().id().value();
            known = Objects.requireNonNull(begun.remove(id), "a room asks for its environment first");
            EventLog log = Objects.requireNonNull(logs.remove(room), "a room tells that it is joining first");
            rooms.put(id, new OpenedRoom(room, known.gate(), log, known.here()));
            late = closed;
        }
        if (late) {
            forget(room);
            // Not on this thread, which is the room's own.
            known.environment().background().execute(room::close);
        }
    }

    private static void forget(Room room) {
        synchronized (ALL) {
            ALL.remove(room);
        }
    }

    @Override
    public void close() {
        List<OpenedRoom> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = new ArrayList<>(rooms.values());
        }
        // A program that stands still would not leave.
        left.forEach(each -> each.gate().resume());
        @Nullable RuntimeException failure = null;
        for (OpenedRoom each : left) {
            try {
                each.room().close();
            } catch (RuntimeException e) {
                failure = e;
            } finally {
                forget(each.room());
            }
        }
        medium.close();
        time.end();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return name.get();
    }
}
