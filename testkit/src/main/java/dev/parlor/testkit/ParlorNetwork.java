package dev.parlor.testkit;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomTimeoutException;
import dev.parlor.internal.door.JoiningRoom;
import dev.parlor.internal.facade.Backstage;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.medium.Faults;
import dev.parlor.testkit.internal.medium.JGroupsMedium;
import dev.parlor.testkit.internal.medium.Medium;
import dev.parlor.testkit.internal.medium.MemoryMedium;
import dev.parlor.testkit.internal.room.OpenedRoom;
import dev.parlor.testkit.internal.room.TestSurroundings;
import dev.parlor.testkit.internal.time.RealTime;
import dev.parlor.testkit.internal.time.Time;
import dev.parlor.testkit.internal.time.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A network in this JVM that no one else is on, and that does what a test says: who joins a room on it meets those who joined the
 * room of that name on this network, and nobody else, so that tests run in parallel, in forks and on machines side by side. {@link ParlorTest} makes one
 * for each test; elsewhere {@link #create} does, and {@link #close} closes its rooms.
 *
 * <p>Faults last until they are taken back: {@link #heal} reunites who is apart, {@code lose(0)} loses nothing more. A room that
 * is joined later is on the first side of a partition.
 *
 * <p>Thread-safe, but for {@link NetworkKind#VIRTUAL_TIME}, which is for one thread.
 */
public final class ParlorNetwork implements AutoCloseable {
    private static final String ROOM = "test";
    /** A machine that builds on all its cores has taken seconds for what takes milliseconds. */
    private static final Duration REAL_PATIENCE = Duration.ofSeconds(10);
    /** Costs nothing, and repairs back off to 16 s where much is lost. */
    private static final Duration VIRTUAL_PATIENCE = Duration.ofMinutes(2);

    private final NetworkKind kind;
    private final long seed;
    private final Time time;
    private final Faults faults;
    private final Medium medium;
    private final TestSurroundings surroundings;
    private volatile String room = ROOM;
    private volatile Class<?>[] types = {};

    private ParlorNetwork(NetworkKind kind, long seed) {
        this.kind = kind;
        this.seed = seed;
        time = kind == NetworkKind.VIRTUAL_TIME ? new VirtualTime() : new RealTime();
        faults = new Faults(seed);
        medium = switch (kind) {
            case IN_MEMORY -> new MemoryMedium(time, faults, 0);
            case VIRTUAL_TIME -> new MemoryMedium(time, faults, Duration.ofMillis(1).toNanos());
            case JGROUPS -> new JGroupsMedium(time, faults);
        };
        surroundings = new TestSurroundings(this::toString, time, medium,
                kind == NetworkKind.VIRTUAL_TIME ? VIRTUAL_PATIENCE : REAL_PATIENCE, seed);
    }

    /** {@return a network in memory and in real time} */
    public static ParlorNetwork create() {
        return create(NetworkKind.IN_MEMORY);
    }

    /**
     * {@return a network of a kind, with chance of its own}
     *
     * @param kind what carries it
     */
    public static ParlorNetwork create(NetworkKind kind) {
        return create(kind, System.nanoTime());
    }

    /**
     * {@return a network of a kind}
     *
     * @param kind what carries it
     * @param seed of all chance: which frames are lost, and under {@link NetworkKind#VIRTUAL_TIME} when each arrives
     * @throws TestkitOnClassPathException if the library is a module and the testkit is on the class path
     */
    public static ParlorNetwork create(NetworkKind kind, long seed) {
        TestkitOnClassPathException.requireVisible();
        return new ParlorNetwork(Require.present(kind, "the kind", "pass one of NetworkKind"), seed);
    }

    /** {@return what carries it} */
    public NetworkKind kind() {
        return kind;
    }

    /** {@return the seed of all its chance} */
    public long seed() {
        return seed;
    }

    // Rooms.

    /**
     * Begins to join a room on this network, as {@link Room#named} does in the world: hand it to the program under test. What
     * the program says of whom it can meet is not heeded, here there is nobody else.
     *
     * @param room the room's name
     * @return says the rest and joins
     */
    public RoomBuilder named(String room) {
        return new JoiningRoom(room, surroundings);
    }

    /**
     * What the {@code join} methods of this network join from now on.
     *
     * @param roomName the room's name, "test" unless this is called
     * @param travelling classes that may travel, as {@link RoomBuilder#types} has it
     */
    public void defaults(String roomName, Class<?>... travelling) {
        Require.present(roomName, "the name of the room", "pass one such as \"standup\"");
        types = Require.all(travelling, "the classes that may travel").clone();
        room = roomName;
    }

    /**
     * Joins one more participant, named Ada, Bob, Cleo and so on, in the room of this network.
     *
     * @return the room as that participant sees it, to be closed
     */
    public Room join() {
        return join(surroundings.nextName());
    }

    /**
     * Joins one more participant in the room of this network.
     *
     * @param displayName what the others call it
     * @return the room as that participant sees it, to be closed
     */
    public Room join(String displayName) {
        return join(displayName, builder -> builder);
    }

    /**
     * Joins one more participant in the room of this network.
     *
     * @param displayName what the others call it
     * @param options says more to the builder, such as which types may travel
     * @return the room as that participant sees it, to be closed
     */
    public Room join(String displayName, UnaryOperator<RoomBuilder> options) {
        Require.present(options, "the options", "leave them out for none");
        return options.apply(named(room).as(displayName).types(types)).join();
    }

    /** {@return the rooms joined on this network that are open, in the order of joining} */
    public List<Room> rooms() {
        return surroundings.open().stream().map(OpenedRoom::room).toList();
    }

    boolean haveMet(List<Room> given) {
        return surroundings.haveMet(given, faults);
    }

    TestSurroundings surroundings() {
        return surroundings;
    }

    // Faults.

    /**
     * Cuts participants off from each other: each of these is on a side of its own; whoever is not named is on the side of the
     * first.
     *
     * @param sides one participant of each side
     */
    public void partition(Room... sides) {
        partition(Stream.of(Require.all(sides, "the participants")).map(List::of).toList());
    }

    /**
     * Cuts the network in two; whoever is not named is on the side of the first.
     *
     * @param one the participants of one side
     * @param other those of the other
     */
    public void partition(List<Room> one, List<Room> other) {
        partition(List.of(Require.rooms(one), Require.rooms(other)));
    }

    /** Cuts the network in as many parts as there are lists; whoever is not named is in the first. */
    void partition(List<List<Room>> sides) {
        List<List<Long>> ids = sides.stream().map(side -> side.stream().map(room -> surroundings.of(room).id()).toList()).toList();
        surroundings.letSend();
        faults.partition(ids);
        medium.changed();
    }

    /**
     * Cuts one participant off from all others, whatever side they are on.
     *
     * @param room whose
     */
    public void isolate(Room room) {
        long id = surroundings.of(room).id();
        surroundings.letSend();
        faults.isolate(id);
        medium.changed();
    }

    /** Reunites whoever is apart. What was written before has been sent by then, to whom it could reach. */
    public void heal() {
        surroundings.letSend();
        faults.heal();
        medium.changed();
    }

    /**
     * Delays all that is sent from now on. Frames of one to another still arrive in order.
     *
     * @param by how long; zero for not at all
     */
    public void delay(Duration by) {
        faults.delay(Require.notNegative(by));
    }

    /**
     * Delays what one sends to another from now on; the other way, and everybody else, as before.
     *
     * @param from who sends
     * @param to who receives
     * @param by how long; zero for not at all
     */
    public void delay(Room from, Room to, Duration by) {
        faults.delay(surroundings.of(from).id(), surroundings.of(to).id(), Require.notNegative(by));
    }

    /**
     * Loses some of what is sent from now on: of each frame to each receiver, and under {@link NetworkKind#JGROUPS}, which sends
     * again what is lost, of each packet. Signals are lost for good under each kind, while state is repaired.
     *
     * @param share from 0 to 1
     */
    public void lose(double share) {
        faults.lose(Require.share(share));
    }

    /**
     * Has some of what is sent from now on arrive twice.
     *
     * @param share from 0 to 1
     */
    public void duplicate(double share) {
        faults.duplicate(Require.share(share));
    }

    /**
     * Stops a participant's program, as a debugger or a full disk does: nothing comes in or goes out and no listener runs until
     * {@link #resume}. The others see it as present, under {@link NetworkKind#JGROUPS} until its failure detection ends that; so who joins
     * a room in which nobody else is but who stands still waits for it.
     *
     * @param room whose
     */
    public void pause(Room room) {
        surroundings.of(room).gate().pause();
    }

    /**
     * Has a program go on that was stopped: what came meanwhile comes now.
     *
     * @param room whose
     */
    public void resume(Room room) {
        surroundings.of(room).gate().resume();
    }

    /**
     * Ends a participant's program without a word, as {@code kill -9} does. The room is closed; the others learn that it is lost.
     *
     * @param room whose
     */
    public void kill(Room room) {
        OpenedRoom killed = surroundings.of(room);
        killed.gate().vanish();
        medium.vanished(killed.id());
        Backstage.vanish(room);
    }

    /**
     * Sets a participant's clock wrong. The room is told of it as by a clock that was set.
     *
     * @param room whose
     * @param by how far ahead of the right time; negative for behind
     */
    public void skewClock(Room room, Duration by) {
        surroundings.of(room).gate().skew(Require.present(by, "the time", "pass Duration.ZERO for a clock that is right"));
    }

    /**
     * How long it takes until participants learn that others are gone or back. At once unless this is called; JGroups takes its
     * own time.
     *
     * @param delay how long
     */
    public void detectAfter(Duration delay) {
        if (!(medium instanceof MemoryMedium memory)) {
            throw new InvalidArgumentException("detectAfter(…) is for " + NetworkKind.IN_MEMORY + " and "
                    + NetworkKind.VIRTUAL_TIME + "; JGroups detects by itself");
        }
        memory.detectAfter(Require.notNegative(delay));
    }

    // Time.

    /**
     * Lets time pass: under {@link NetworkKind#VIRTUAL_TIME} at once, else by waiting.
     *
     * @param time how much
     */
    public void advance(Duration time) {
        this.time.pass(Require.notNegative(time));
    }

    /** {@return a clock that shows {@link #now}: give it to an app that asks for the time} */
    public Clock clock() {
        InstantSource source = this::now;
        return source.withZone(ZoneOffset.UTC);
    }

    /** {@return the right time, as nobody's clock may have it} */
    public Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }

    /**
     * Waits until something holds, letting time pass.
     *
     * @param condition what
     * @param most how long at most
     * @return whether it holds
     */
    public boolean await(BooleanSupplier condition, Duration most) {
        return time.await(Require.present(condition, "the condition", "pass a lambda"), Require.notNegative(most));
    }

    /**
     * Waits for what a future brings, letting time pass: under {@link NetworkKind#VIRTUAL_TIME} nothing else ends it.
     *
     * @param future such as {@link Room#request} gives
     * @param most how long at most
     * @param <T> of what it brings
     * @return what it brings
     * @throws java.util.concurrent.CompletionException if it fails
     * @throws RoomTimeoutException if it has not ended by then
     */
    public <T> T await(CompletableFuture<T> future, Duration most) {
        Require.present(future, "the future", "pass one such as room.request(…) gives");
        if (!await(future::isDone, most)) {
            throw new RoomTimeoutException("what was waited for has not come within " + most);
        }
        return future.join();
    }

    /**
     * How long assertions wait for what they assert: 10 s unless said otherwise, and 2 minutes of
     * {@link NetworkKind#VIRTUAL_TIME}.
     *
     * @param most how long
     */
    public void patience(Duration most) {
        surroundings.patience(Require.notNegative(most));
    }

    /** Closes all rooms of this network and ends it. */
    @Override
    public void close() {
        // Else each room waits in vain for the others to confirm that they know of its leave.
        faults.lose(0);
        faults.delay(Duration.ZERO);
        medium.hurry();
        surroundings.close();
    }

    @Override
    public String toString() {
        return "ParlorNetwork[" + kind + ", seed " + seed + ", " + rooms().size() + " rooms]";
    }
}
