package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Room;
import dev.parlor.UnregisteredTypeException;
import dev.parlor.testkit.ParlorNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A class that was loaded twice, as after a hot reload: whatever is said names the loaders, and what is advised works. */
class ReloadedClassTest {
    record Poll(String question) {}

    enum Colour { RED }

    record Box<T>(T content) {}

    record Holder(Poll poll) {}

    private final Loader loader = new Loader();
    private Class<?> reloaded;
    private Object poll;

    /** Loads the classes of this test once more. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(ReloadedClassTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ReloadedClassTest.class.getName() + "$")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @BeforeEach
    void reload() throws ReflectiveOperationException {
        reloaded = loader.loadClass(Poll.class.getName());
        Constructor<?> constructor = reloaded.getDeclaredConstructor(String.class);
        constructor.setAccessible(true);
        poll = constructor.newInstance("Tea?");
    }

    @Test
    void whatIsPutOrSentNamesTheLoaders() throws ReflectiveOperationException {
        Object array = Array.newInstance(reloaded, 1);
        Array.set(array, 0, poll);
        Object colour = loader.loadClass(Colour.class.getName()).getEnumConstants()[0];
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada", b -> b.types(Poll.class, Box.class, Colour.class));
            for (Object value : List.of(poll, List.of(poll), Map.of("k", poll), Optional.of(poll), new Box<>(poll), array,
                    new Object[] {poll}, colour, new Box<>(List.of(colour)))) {
                assertThatThrownBy(() -> room.sessionData().put("k", value)).isInstanceOf(UnregisteredTypeException.class)
                        .hasMessageContaining("class loader").hasMessageContaining("loaded twice");
                assertThatThrownBy(() -> room.send(value)).isInstanceOf(UnregisteredTypeException.class)
                        .hasMessageContaining("class loader");
                assertThatThrownBy(() -> room.setUserData(value)).isInstanceOf(UnregisteredTypeException.class)
                        .hasMessageContaining("class loader");
            }
        }
    }

    @Test
    void bothAtOnceAreRefused() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            for (var builder : List.<java.util.function.UnaryOperator<dev.parlor.RoomBuilder>>of(
                    b -> b.types(Poll.class, reloaded), b -> b.types(reloaded).type(1, Poll.class),
                    b -> b.type(1, Poll.class).type(2, reloaded), b -> b.type(1, Poll.class).type(1, reloaded),
                    b -> b.types(Poll.class, reloaded.arrayType()))) {
                assertThatThrownBy(() -> network.join("Ada", builder)).isInstanceOf(InvalidArgumentException.class)
                        .hasMessageContaining("class loader").hasMessageContaining("registered twice");
            }
        }
    }

    @Test
    void whoAsksForTheOtherIsToldSo() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada", b -> b.types(Poll.class));
            room.sessionData().put("k", new Poll("Coffee?"));
            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                    () -> room.sessionData().get("k", reloaded), () -> room.sessionData().get(Key.of("k", reloaded)),
                    () -> room.sessionData().bind(Key.of("k", reloaded), value -> {}),
                    () -> room.onMessage(reloaded, (message, from) -> {}),
                    () -> room.onRequest(reloaded, (message, from) -> 1),
                    () -> room.request("x", room.me(), reloaded, Duration.ofSeconds(1)))) {
                assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("class loader")
                        .hasMessageContaining("loaded twice");
            }
        }
    }

    @Test
    void aRoomJoinedAnewWithTheReloadedClassReadsAndWrites() throws ReflectiveOperationException {
        var question = reloaded.getDeclaredMethod("question");
        question.setAccessible(true);
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room keeper = network.join("Keeper", b -> b.types(Poll.class));
            keeper.sessionData().put("old", new Poll("Coffee?"));
            Room again = network.join("Again", b -> b.types(reloaded));
            assertThat(question.invoke(again.sessionData().get("old", reloaded).orElseThrow())).isEqualTo("Coffee?");
            again.sessionData().put("new", List.of(poll));
            again.flush(Duration.ofSeconds(10));
            assertThat(keeper.sessionData().get("new")).contains(List.of(new Poll("Tea?")));
        }
    }

    /** A field is of the class as it was loaded with its own: what is read for it must be so too. */
    @Test
    void classesOfDifferentLoadingsDoNotFitTogether() throws ReflectiveOperationException {
        Class<?> holder = loader.loadClass(Holder.class.getName());
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada", b -> b.types(Poll.class, Holder.class));
            List<String> warnings = new java.util.concurrent.CopyOnWriteArrayList<>();
            Room bob = network.join("Bob", b -> b.types(Poll.class, holder)
                    .on(dev.parlor.Warning.class, warning -> warnings.add(warning.message())));
            ada.sessionData().put("k", new Holder(new Poll("Tea?")));
            ada.flush(Duration.ofSeconds(10));
            assertThat(bob.sessionData().get("k")).isEmpty();
            assertThat(network.await(() -> !warnings.isEmpty(), Duration.ofSeconds(10))).isTrue();
            assertThat(warnings.get(0)).contains("class loader", "the field poll");
        }
    }
}
