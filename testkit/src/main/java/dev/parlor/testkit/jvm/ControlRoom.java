package dev.parlor.testkit.jvm;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.testkit.internal.argument.Patience;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.control.Barriers;
import dev.parlor.testkit.internal.control.ControlEnvironment;
import dev.parlor.testkit.internal.control.ControlState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a test and its JVMs tell each other values and wait for each other. It is a {@link Room} of this machine with a
 * name that nobody else has, so tests may run at the same time. The test opens it; JVMs started from it find it, and so
 * does any Java program on this machine that is given the variables of {@link #environment}.
 *
 * <pre>{@code
 * try (ControlRoom control = ControlRoom.open()) {
 *     control.run("server", there -> there.publish("port", Server.start().port()));
 *     for (String name : List.of("a", "b")) {
 *         control.run(name, there -> {
 *             Client client = new Client(there.await("port", Integer.class));
 *             there.barrier("connected", 3);
 *         });
 *     }
 *     control.barrier("connected", 3);
 * }
 * }</pre>
 *
 * <p>State is shaped for "the last writer wins": of two who publish under one name the later one's value stays. Give each
 * its own name. What was published stays after its writer has left, until the last participant leaves.
 *
 * <p><b>Waits</b> last at most 30 s or what {@link ControlRoomBuilder#patience} says, or the time they are given, and end
 * in a {@link ControlTimeoutException} that shows the whole room; also when the thread is interrupted.
 *
 * <p>Thread-safe. On a closed control room, calls throw {@link dev.parlor.RoomClosedException}.
 */
public final class ControlRoom implements AutoCloseable {
    /** Null for a task that takes part in none. */
    private final @Nullable ControlState state;
    private final Barriers barriers = new Barriers();
    private final List<Class<?>> types;
    private final Duration patience;

    ControlRoom(@Nullable ControlState state, List<Class<?>> types, Duration patience) {
        this.state = state;
        this.types = List.copyOf(types);
        this.patience = patience;
    }

    /** What a task gets whose JVM takes part in none. */
    static ControlRoom none() {
        return new ControlRoom(null, List.of(), Patience.DEFAULT);
    }

    /**
     * Opens a new one, in the test.
     *
     * @return the control room
     * @throws dev.parlor.JoinException if the network of this machine does not let it
     */
    public static ControlRoom open() {
        return builder().open();
    }

    /**
     * Joins the one that this JVM was started with, and waits until somebody else is met there. In a {@link Task} it is
     * joined already.
     *
     * @return the control room
     * @throws InvalidArgumentException if this JVM was started without one
     * @throws dev.parlor.JoinException if the network of this machine does not let it
     * @throws ControlTimeoutException if nobody is there
     */
    public static ControlRoom join() {
        return builder().join();
    }

    /**
     * Begins to open or join one with options.
     *
     * @return a builder
     */
    public static ControlRoomBuilder builder() {
        return new ControlRoomBuilder();
    }

    /**
     * Starts a JVM that runs a program, which finds this control room by {@link #join()}.
     *
     * @param main a class with {@code public static void main(String[])}; need not be public itself
     * @param args the arguments of its main method
     * @return the JVM, killed when this control room is closed
     * @throws InvalidArgumentException if the class has no such method
     * @throws JvmException if the process cannot be started
     */
    public ParlorJvm start(Class<?> main, String... args) {
        return new ParlorJvmBuilder(null).in(this).start(main, args);
    }

    /**
     * Starts a JVM that runs a task with this control room.
     *
     * @param name its name, here and before each line of its output
     * @param task what to run there
     * @return the JVM, killed when this control room is closed
     * @throws TaskNotSerializableException if the task captures what cannot travel
     * @throws JvmException if the process cannot be started
     */
    public ParlorJvm run(String name, Task task) {
        return jvm(name).run(task);
    }

    /**
     * Begins to start a JVM with options, which takes part here.
     *
     * @param name its name, here and before each line of its output
     * @return a builder
     */
    public ParlorJvmBuilder jvm(String name) {
        return ParlorJvm.named(name).in(this);
    }

    /**
     * The environment variables by which a program finds this control room, for those not started by {@link ParlorJvm}:
     * {@code new ProcessBuilder(…).environment().putAll(control.environment("db"))}.
     *
     * @param name the name that the program takes part under
     * @return variables to add to its environment
     */
    public Map<String, String> environment(String name) {
        return ControlEnvironment.of(name(), Require.name(name), types, patience);
    }

    /**
     * Publishes a value, for those present and those who come later. Returns when all who are present have it, or after
     * 1 s if somebody does not answer, who gets it later: a JVM may halt right after.
     *
     * @param name a name, under which the last value published stays; not empty
     * @param value the value, of a registered class, see {@link ControlRoomBuilder#types}; not null
     * @throws InvalidArgumentException if one of them is null or the name is empty
     * @throws dev.parlor.UnregisteredTypeException if its class is not registered
     * @throws dev.parlor.PayloadTooLargeException if it takes more than 1 MiB
     */
    public void publish(String name, Object value) {
        room().sessionData().put(key(name), value);
        state().settle();
    }

    /**
     * The value published under a name.
     *
     * @param name the name
     * @param type the class expected
     * @param <T> the class expected
     * @return the newest value; empty if there is none or it is of another class
     */
    public <T> Optional<T> published(String name, Class<T> type) {
        return room().sessionData().get(key(name), Require.type(type));
    }

    /**
     * Waits until a value of a class is published under a name, or gives the one that is.
     *
     * @param name the name
     * @param type the class, such as {@code Integer.class}
     * @param <T> the class
     * @return the newest value
     * @throws ControlTimeoutException if there is none in time
     */
    public <T> T await(String name, Class<T> type) {
        return await(name, type, patience);
    }

    /**
     * Waits until a value of a class is published under a name, or gives the one that is.
     *
     * @param name the name
     * @param type the class, such as {@code Integer.class}
     * @param timeout how long at most, positive
     * @param <T> the class
     * @return the newest value
     * @throws ControlTimeoutException if there is none in time
     */
    public <T> T await(String name, Class<T> type, Duration timeout) {
        key(name);
        Require.type(type);
        return state().await(timeout, () -> published(name, type),
                () -> "nobody has published \"" + name + "\" with a value of the class " + type.getSimpleName());
    }

    /**
     * Waits, without blocking, until a value under a name satisfies a condition.
     *
     * @param name the name
     * @param type the class of the value
     * @param condition tested where futures of the room complete; values that are overwritten quickly may not be tested
     * @param <T> the class of the value
     * @return completed with the first value that satisfies it; exceptionally with a {@link ControlTimeoutException} if
     *     there is none in time, with what the condition throws, or when the room is closed. Cancel it to stop waiting.
     */
    public <T> CompletableFuture<T> when(String name, Class<T> type, Predicate<? super T> condition) {
        ControlState there = state();
        CompletableFuture<T> sought = there.room().sessionData().when(Key.of(key(name), type), condition)
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<T> result = new CompletableFuture<>();
        sought.whenComplete((value, e) -> {
            if (e == null) {
                result.complete(value);
            } else if (e instanceof TimeoutException) {
                result.completeExceptionally(there.timeout("no value published as \"" + name + "\" satisfied the condition "
                        + "within " + Patience.text(patience)));
            } else {
                result.completeExceptionally(e);
            }
        });
        result.whenComplete((value, e) -> sought.cancel(false));
        return result;
    }

    /**
     * Waits for others at a barrier; see {@link #barrier(String, int, Duration)}.
     *
     * @param name the name of the barrier
     * @param parties how many must arrive, this participant included, at least 1
     * @throws ControlTimeoutException if fewer have arrived in time
     */
    public void barrier(String name, int parties) {
        barrier(name, parties, patience);
    }

    /**
     * Waits until a number of participants has arrived at a barrier. It may be used again under its name: the nth call of
     * a participant waits for the nth calls of the others. Each counts its own calls, so a JVM that is started anew begins
     * at the first, where the others have been already; give it a barrier of another name. After a timeout who has arrived
     * stays arrived. One thread of a participant at a time.
     *
     * @param name the name of the barrier, not blank
     * @param parties how many must arrive, this participant included, at least 1
     * @param timeout how long at most, positive
     * @throws ControlTimeoutException if fewer have arrived in time
     * @throws InvalidArgumentException if an argument is not as it must be
     */
    public void barrier(String name, int parties, Duration timeout) {
        barriers.await(state(), name, parties, timeout);
    }

    /**
     * Waits until so many participants are present, this one included.
     *
     * @param count how many
     * @return those present
     * @throws ControlTimeoutException if there are fewer at the end of the time
     */
    public List<Participant> awaitParticipants(int count) {
        ControlState there = state();
        return there.await(patience, () -> there.present(count), () -> "not " + count + " participants were present");
    }

    /**
     * Waits until participants of all these names are present.
     *
     * @param names the names
     * @return all who are present
     * @throws ControlTimeoutException if one is missing at the end of the time
     */
    public List<Participant> awaitParticipants(String... names) {
        ControlState there = state();
        Require.all(names, "the names");
        return there.await(patience, () -> there.present(1).filter(present -> present.stream().map(Participant::name).toList()
                .containsAll(List.of(names))), () -> "not all of " + Arrays.toString(names) + " were present");
    }

    /**
     * Waits until a participant has left, or gives the last time that it did since this one joined. A killed JVM is lost
     * in about a second, a stopped one after about 6 s; if that goes on later, it is back.
     *
     * @param name the name of the participant
     * @return its leaving: {@code LOST} if it vanished, {@code CLOSED} if it left by itself
     * @throws ControlTimeoutException if it has not left in time
     */
    public ParticipantLeft awaitLeft(String name) {
        ControlState there = state();
        Require.name(name);
        return there.await(patience, () -> there.departures().stream().map(ControlState.Departure::event)
                .filter(each -> each.participant().name().equals(name)).reduce((earlier, later) -> later),
                () -> "\"" + name + "\" has not left");
    }

    /**
     * The room, for everything else: messages, listeners, user data. What is published here is session data there, under
     * {@code "published/"} and its name; keys that begin so or with {@code "barrier/"} belong to the control room.
     *
     * @return the room
     * @throws InvalidArgumentException if this JVM was started without a control room
     */
    public Room room() {
        return state().room();
    }

    private ControlState state() {
        if (state == null) {
            throw new InvalidArgumentException("this JVM was started without a control room: start it by control.run(…) "
                    + "instead of ParlorJvm.run(…), or with .in(control)");
        }
        return state;
    }

    /**
     * The name of the room.
     *
     * @return the name, new for each that is opened
     */
    public String name() {
        return room().name();
    }

    /** Kills the JVMs that were started from here, waits until they are gone, and leaves the room. */
    @Override
    public void close() {
        if (state != null) {
            state.close();
        }
    }

    Duration patience() {
        return patience;
    }

    void started(ParlorJvm jvm) {
        state().add(jvm.started());
    }

    private static String key(String name) {
        if (name == null || name.isEmpty()) {
            throw new InvalidArgumentException("what is published must have a name, got " + name);
        }
        return ControlState.PUBLISHED + name;
    }
}
