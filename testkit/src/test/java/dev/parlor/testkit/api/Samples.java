package dev.parlor.testkit.api;

import dev.parlor.Author;
import dev.parlor.Batch;
import dev.parlor.Change;
import dev.parlor.DoctorReport;
import dev.parlor.Entry;
import dev.parlor.FamilyChange;
import dev.parlor.Key;
import dev.parlor.KeyFamily;
import dev.parlor.Lifetime;
import dev.parlor.Limits;
import dev.parlor.MergeReport;
import dev.parlor.MessagesMissed;
import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.RoomNetwork;
import dev.parlor.testkit.ParlorAssertions;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.jvm.ControlRoom;
import dev.parlor.testkit.jvm.ParlorJvm;
import dev.parlor.testkit.jvm.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** An object of each type of the API, and an argument for each parameter of its methods. */
final class Samples implements AutoCloseable {
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Task TASK = control -> {};

    private final ParlorNetwork network;
    private final Room room;
    private final ControlRoom control = ControlRoom.builder().patience(PATIENCE).open();
    private final RoomBuilder builder;
    private final Path folder;
    private final List<Object> objects;

    /** A program that does nothing until it is killed. */
    static final class Sleeper {
        private Sleeper() {}

        /** @param args none */
        public static void main(String[] args) throws InterruptedException {
            Thread.currentThread().join();
        }
    }

    Samples(ParlorNetwork network, Room room, Batch batch) throws IOException {
        this.network = network;
        this.room = room;
        builder = network.named("another");
        folder = Files.createTempDirectory("parlor-samples");
        Author author = new Author(room.me().id(), room.me().name());
        MergeReport.Version version = new MergeReport.Version(Optional.of("tea"), author, Instant.EPOCH);
        DoctorReport.Finding finding = new DoctorReport.Finding(DoctorReport.Severity.OK, DoctorReport.Code.PORTS, "free", "");
        objects = List.of(network, room, builder, batch, room.sessionData(), room.me(), room.me().id(), author,
                new Change("poll", Optional.empty(), Optional.of("tea"), author, Change.Cause.LOCAL),
                new Entry("poll", "tea", author, Instant.EPOCH), version, new MergeReport.Conflict("poll", version, version),
                finding, new DoctorReport("lounge", "the local network", List.of(finding)),
                new RoomNetwork("the local network", "eth0", Optional.empty(), "it is the only one", List.of("eth0")),
                new MessagesMissed(Instant.EPOCH, Instant.EPOCH, Set.of(room.me().id())),
                Limits.defaults(), Lifetime.whilePresent(), room.sessionData().undo(1), Key.of("poll", String.class),
                KeyFamily.of("vote/", String.class), room.sessionData().family(KeyFamily.of("vote/", String.class)),
                new FamilyChange<>("ada", Optional.empty(), Optional.of("tea"), author, Change.Cause.LOCAL), control, ControlRoom.builder(),
                control.start(Sleeper.class), ParlorJvm.named("sample"), ParlorAssertions.assertThat(room).within(SHORT),
                ParlorAssertions.assertThat(List.of(room)).within(SHORT));
    }

    /** An object that has the methods of a type. */
    Object object(Class<?> type) {
        return objects.stream().filter(type::isInstance).findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no sample of " + type));
    }

    /** What is as it should be. */
    Object argument(Executable called, Parameter parameter) {
        Class<?> type = parameter.getType();
        if (type == Class.class) {
            return called.getName().equals("start") ? Sleeper.class : isOfEvents(parameter.getParameterizedType())
                    ? ParticipantLeft.class : String.class;
        } else if (type.isPrimitive()) {
            return type == boolean.class ? (Object) true : type == double.class ? (Object) 0.5
                    : type == long.class ? (Object) 1L : (Object) 1;
        } else if (type.isArray()) {
            return type == char[].class ? "secret".toCharArray() : Array.newInstance(type.getComponentType(), 0);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        List<?> list = parameter.getParameterizedType().getTypeName().contains("Room>") ? List.of(room) : List.of();
        return Stream.concat(Stream.of("poll", PATIENCE, Instant.EPOCH, Map.of("poll", 1L), list, Set.of(), Optional.of("tea"), TASK,
                        folder.resolve("file"), CompletableFuture.completedFuture("tea"), new InterruptedException()), objects.stream())
                .filter(type::isInstance).findFirst().orElseGet(() -> lambda(type));
    }

    private static boolean isOfEvents(Type type) {
        return type instanceof ParameterizedType given && given.getActualTypeArguments()[0] instanceof TypeVariable<?> variable
                && variable.getBounds()[0] == RoomEvent.class;
    }

    private static Object lambda(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) ->
                method.getReturnType() == boolean.class ? (Object) true : arguments == null ? null : arguments[0]);
    }

    /** What a call that is refused must leave as it is. */
    Object state() {
        try (Stream<Path> files = Files.list(folder)) {
            return List.of(room.sessionData().snapshot(), room.participants(), room.status(), room.stats().warnings(),
                    room.stats().outboxMessages(), network.rooms().size(), control.room().sessionData().snapshot(),
                    ProcessHandle.current().children().count(), files.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Joins by the builder, which is to be as if nobody had said anything to it. */
    Participant joined() {
        try (Room joined = builder.join()) {
            return joined.me();
        }
    }

    @Override
    public void close() {
        control.close();
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
