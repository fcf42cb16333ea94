package dev.parlor.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Batch;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each method and constructor of the API is called with null for each of its parameters in turn, and with null within each array,
 * list and map: an {@link InvalidArgumentException} is thrown, which says what to pass, and nothing has changed.
 */
class NullArgumentsTest {
    /** Where null is meant, or is not ours to refuse, and why. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("ParlorException(String, Throwable) 1", "nothing was thrown below"),
            Map.entry("JoinException(Reason, String, Throwable) 2", "nothing was thrown below"),
            Map.entry("EncodingException(String, Throwable) 1", "nothing was thrown below"),
            Map.entry("JvmException(String, Throwable) 1", "nothing was thrown below"),
            Map.entry("ParlorAssertions.assertThat(Room) 0", "an actual that is null fails the assertion, as AssertJ has it"),
            Map.entry("ParlorAssertions.assertThat(List) 0", "an actual that is null fails the assertion, as AssertJ has it"));

    /** Called by JUnit, and by nobody who could pass null; as is {@code main} by java. */
    private static final Set<String> OF_OTHERS = Set.of("ParlorExtension");

    /** With fewer a message does not say what to pass. */
    private static final int LEAST_CHARS = 30;

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> allowed = new HashSet<>();
    private int calls;

    @Test
    void areRefusedEverywhereBeforeAnythingHasChanged() {
        try (ParlorNetwork network = ParlorNetwork.create(); Room room = network.join()) {
            // Within the one call in which a batch can be written to.
            room.sessionData().update(batch -> callAll(network, room, batch));
            assertThat(room.sessionData().size()).as("keys written").isZero();
        }
        assertThat(wrong).isEmpty();
        assertThat(allowed).as("the list of what is allowed names nothing else").isEqualTo(ALLOWED.keySet());
        assertThat(calls).as("calls made").isGreaterThan(250);
    }

    private void callAll(ParlorNetwork network, Room room, Batch batch) {
        try (Samples samples = new Samples(network, room, batch)) {
            for (Class<?> type : ApiTypes.all()) {
                if (!OF_OTHERS.contains(type.getSimpleName()) && !type.isEnum() && !type.isAnnotation()) {
                    for (Executable each : executables(type)) {
                        call(each, samples);
                    }
                }
            }
            Participant joined = samples.joined();
            assertThat(joined.name()).startsWith(System.getProperty("user.name", "somebody"));
            assertThat(joined.userData()).isEmpty();
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Executable> executables(Class<?> type) {
        List<Executable> all = new ArrayList<>();
        Stream.of(type.getDeclaredConstructors()).filter(each -> !Modifier.isAbstract(type.getModifiers())).forEach(all::add);
        // What a program implements as a lambda takes what the library passes.
        Stream.of(type.getDeclaredMethods()).filter(each -> !type.isAnnotationPresent(FunctionalInterface.class)
                && !each.isSynthetic() && !Set.of("equals", "main").contains(each.getName())).forEach(all::add);
        all.removeIf(each -> (each.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0);
        return all;
    }

    private void call(Executable called, Samples samples) throws ReflectiveOperationException {
        Parameter[] parameters = called.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getType().isPrimitive()) {
                call(called, i, null, samples);
                Object holding = holdingNull(parameters[i].getType());
                if (holding != null) {
                    call(called, i, holding, samples);
                }
            }
        }
        for (Object holding : parameters.length == 0 || !Map.class.isAssignableFrom(parameters[0].getType()) ? List.of()
                : List.of(Collections.singletonMap("poll", null))) {
            call(called, 0, holding, samples);
        }
    }

    /** What is not null and holds it. */
    private static Object holdingNull(Class<?> type) {
        return type.isArray() && !type.getComponentType().isPrimitive() ? Array.newInstance(type.getComponentType(), 1)
                : Map.class.isAssignableFrom(type) ? Collections.singletonMap(null, 1L)
                : Set.class.isAssignableFrom(type) ? Collections.singleton(null)
                : Collection.class.isAssignableFrom(type) ? Collections.singletonList(null) : null;
    }

    private void call(Executable called, int index, Object bad, Samples samples) throws ReflectiveOperationException {
        String name = name(called);
        Object on = called instanceof Constructor || Modifier.isStatic(called.getModifiers()) ? null
                : samples.object(called.getDeclaringClass());
        Object[] arguments = Arrays.stream(called.getParameters()).map(each -> samples.argument(called, each)).toArray();
        arguments[index] = bad;
        String what = name + " " + index + (bad == null ? "" : ", holding null");
        called.setAccessible(true);
        Object before = samples.state();
        calls++;
        try {
            Object ignored = called instanceof Constructor<?> constructor ? constructor.newInstance(arguments)
                    : ((Method) called).invoke(on, arguments);
            note(what, "is taken");
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            if (!(thrown instanceof InvalidArgumentException)) {
                note(what, "throws " + thrown);
            } else if (ALLOWED.containsKey(what)) {
                note(what, "is refused and on the list of what is allowed");
            } else if (!thrown.getMessage().contains("null") || thrown.getMessage().length() < LEAST_CHARS) {
                wrong.add(what + " says nothing of use: " + thrown.getMessage());
            }
        }
        if (!samples.state().equals(before)) {
            wrong.add(what + " has changed something: " + before + " became " + samples.state());
        }
    }

    private void note(String what, String outcome) {
        if (ALLOWED.containsKey(what)) {
            allowed.add(what);
        } else {
            wrong.add(what + " " + outcome);
        }
    }

    private static String name(Executable called) {
        String type = called.getDeclaringClass().getSimpleName();
        return (called instanceof Constructor ? type : type + "." + called.getName())
                + Arrays.stream(called.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }
}
