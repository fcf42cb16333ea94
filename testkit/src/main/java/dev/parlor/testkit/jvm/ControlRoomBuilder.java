package dev.parlor.testkit.jvm;

import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.testkit.internal.argument.Patience;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.control.ControlEnvironment;
import dev.parlor.testkit.internal.control.ControlState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says how to open or join a {@link ControlRoom}. Each method returns this builder. Not thread-safe. */
public final class ControlRoomBuilder {
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private @Nullable String name;
    private @Nullable Duration patience;

    ControlRoomBuilder() {}

    /**
     * Registers classes whose objects may be published: records, enums and classes with fields. Strings, numbers, times,
     * lists, maps and the like are registered already. JVMs started from a control room know its classes by themselves.
     *
     * @param classes the classes
     * @return this
     */
    public ControlRoomBuilder types(Class<?>... classes) {
        types.addAll(List.of(Require.all(classes, "the classes")));
        return this;
    }

    /**
     * The name of this participant.
     *
     * @param participant default: "test" for who opens the room, the name of the {@link ParlorJvm} for who joins it
     * @return this
     */
    public ControlRoomBuilder as(String participant) {
        name = Require.name(participant);
        return this;
    }

    /**
     * How long waits last that are given no time.
     *
     * @param timeout default: 30 s, or what the room was opened with
     * @return this
     */
    public ControlRoomBuilder patience(Duration timeout) {
        patience = Patience.check(timeout);
        return this;
    }

    /**
     * Opens a new control room, in the test.
     *
     * @return the control room
     * @throws dev.parlor.JoinException if the network of this machine does not let it
     */
    public ControlRoom open() {
        return enter("control-" + UUID.randomUUID(), name == null ? "test" : name,
                patience == null ? Patience.DEFAULT : patience);
    }

    /**
     * Joins the control room that this JVM was started with, and waits until somebody else is met there.
     *
     * @return the control room
     * @throws dev.parlor.InvalidArgumentException if this JVM was started without one
     * @throws dev.parlor.JoinException if the network of this machine does not let it
     * @throws ControlTimeoutException if nobody is there
     */
    public ControlRoom join() {
        String room = ControlEnvironment.room();
        types.addAll(ControlEnvironment.types());
        ControlRoom control = enter(room, name == null ? ControlEnvironment.name() : name,
                patience == null ? ControlEnvironment.patience() : patience);
        try {
            // Who opened it is there. Were we alone, because it is slow to answer, what we publish could end with us.
            control.awaitParticipants(2);
            return control;
        } catch (RuntimeException e) {
            control.close();
            throw e;
        }
    }

    private ControlRoom enter(String room, String as, Duration patience) {
        RoomBuilder builder = Room.named(room).as(as).types(types.toArray(Class<?>[]::new));
        return new ControlRoom(new ControlState(builder, ControlTimeoutException::new), new ArrayList<>(types), patience);
    }
}
