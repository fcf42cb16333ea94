package dev.parlor.testkit;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.testkit.internal.room.Differences;
import dev.parlor.testkit.internal.room.OpenedRoom;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives tests rooms, and takes them away. {@link ParlorTest} says how; without it, {@code @ExtendWith(ParlorExtension.class)} does
 * what {@code @ParlorTest} does by default. Thread-safe: tests may run in parallel.
 */
public final class ParlorExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(ParlorExtension.class);
    private static final int DEFAULT_LIST = 2;

    /** For JUnit. */
    public ParlorExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        TestRooms rooms = rooms(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : ReflectionSupport.findFields(instance.getClass(),
                    each -> each.isAnnotationPresent(Participants.class), HierarchyTraversalMode.TOP_DOWN)) {
                if (Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers())) {
                    throw new InvalidArgumentException("@Participants is for fields that differ from test to test, not for the "
                            + "static or final " + field);
                }
                open(field);
                field.set(instance, rooms.resolve(field.getGenericType(), field.getAnnotation(Participants.class), field));
            }
        }
    }

    private static void open(Field field) {
        try {
            field.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            Class<?> tests = field.getDeclaringClass();
            Module here = ParlorExtension.class.getModule();
            throw new InvalidArgumentException("the field " + tests.getSimpleName() + "." + field.getName() + " with @Participants cannot be "
                    + "set, since the module " + tests.getModule().getName() + " does not open its package: add \"opens "
                    + tests.getPackageName() + (here.isNamed() ? " to " + here.getName() : "") + ";\" to its module-info.java, or take the "
                    + "room as a parameter of the test");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Type type = parameter.getParameter().getParameterizedType();
        return context.getTestMethod().isPresent() && (type == ParlorNetwork.class || type == Room.class || isRooms(type));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return rooms(context).resolve(parameter.getParameter().getParameterizedType(),
                parameter.findAnnotation(Participants.class).orElse(null), parameter.getParameter());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw withSeed(context, thrown);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw withSeed(context, thrown);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw withSeed(context, thrown);
    }

    private static Throwable withSeed(ExtensionContext context, Throwable thrown) {
        ParlorNetwork network = rooms(context).network;
        thrown.addSuppressed(new RepeatWith(network.kind(), network.seed()));
        return thrown;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestRooms rooms = rooms(context);
        List<OpenedRoom> left = rooms.network.surroundings().open().stream().filter(each -> !rooms.given.contains(each.room())).toList();
        rooms.network.close();
        if (!left.isEmpty()) {
            OpenedRoom first = left.get(0);
            RoomLeftOpenException failure = new RoomLeftOpenException(first.room().toString(), first.openedHere());
            left.stream().skip(1).forEach(each -> failure.addSuppressed(each.openedHere()));
            throw failure;
        }
    }

    private static boolean isRooms(Type type) {
        return type instanceof ParameterizedType list && list.getRawType() == List.class
                && list.getActualTypeArguments()[0] == Room.class;
    }

    private static TestRooms rooms(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(context.getUniqueId(), id -> new TestRooms(Settings.of(context)),
                TestRooms.class);
    }

    /** What is said at a test, its class, and the classes around that. */
    private record Settings(NetworkKind kind, String room, long seed, Class<?>[] types) {
        static Settings of(ExtensionContext context) {
            List<AnnotatedElement> places = new ArrayList<>();
            context.getElement().ifPresent(places::add);
            places.add(context.getRequiredTestClass());
            // Not by getEnclosingTestClasses(), which JUnit 5.10 and 5.11 do not have.
            for (var outer = context.getParent(); outer.isPresent(); outer = outer.get().getParent()) {
                outer.get().getTestClass().filter(each -> !places.contains(each)).ifPresent(places::add);
            }
            List<ParlorTest> said = places.stream().flatMap(place -> AnnotationSupport.findAnnotation(place, ParlorTest.class).stream())
                    .toList();
            said.stream().filter(each -> each.network().length > 1).forEach(each -> {
                throw new InvalidArgumentException("@ParlorTest says several networks, " + Arrays.toString(each.network())
                        + ": a test has one; for each of several write a test with a parameter");
            });
            return new Settings(
                    said.stream().flatMap(each -> Stream.of(each.network())).findFirst().orElse(NetworkKind.IN_MEMORY),
                    said.stream().map(ParlorTest::room).filter(room -> !room.isEmpty()).findFirst().orElse("test"),
                    said.stream().mapToLong(ParlorTest::seed).filter(seed -> seed != 0).findFirst().orElseGet(System::nanoTime),
                    said.stream().flatMap(each -> Stream.of(each.types())).distinct().toArray(Class<?>[]::new));
        }
    }

    /** Says at a failure how to have the same chance again; it has no stack of its own. */
    private static final class RepeatWith extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RepeatWith(NetworkKind kind, long seed) {
            super("to have the same chance again: @ParlorTest(network = " + kind + ", seed = " + seed + "L)", null, false, false);
        }
    }

    /**
     * What one test was given. Closed by JUnit if nobody else does, as where the test's constructor throws: before JUnit 5.13 it
     * closes nothing but what is of the class that is deprecated since.
     */
    @SuppressWarnings("deprecation")
    private static final class TestRooms implements AutoCloseable, ExtensionContext.Store.CloseableResource {
        private final ParlorNetwork network;
        private final List<Room> given = new ArrayList<>();

        TestRooms(Settings settings) {
            network = ParlorNetwork.create(settings.kind(), settings.seed());
            network.defaults(settings.room(), settings.types());
        }

        @Override
        public void close() {
            network.close();
        }

        Object resolve(Type type, @Nullable Participants wanted, Object place) {
            if (type == ParlorNetwork.class) {
                return network;
            }
            if (type != Room.class && !isRooms(type)) {
                throw new InvalidArgumentException("@Participants is for a Room or a List<Room>, not for " + place);
            }
            boolean one = type == Room.class;
            List<String> names = wanted == null ? List.of() : Arrays.asList(wanted.names());
            int said = wanted == null ? 0 : wanted.value();
            int count = said > 0 ? said : !names.isEmpty() ? names.size() : one ? 1 : DEFAULT_LIST;
            if (said < 0 || !names.isEmpty() && names.size() != count || one && count != 1) {
                throw new InvalidArgumentException("@Participants at " + place + " says " + said + " participants and " + names.size()
                        + " names: give one of both, or as many names as participants; a Room is one");
            }
            List<Room> joined = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Room room = network.join(names.isEmpty() ? network.surroundings().nextName() : names.get(i));
                joined.add(room);
                given.add(room);
            }
            // A join ends when the newcomer knows the others, which may hear of it a moment later.
            if (!network.await(() -> network.haveMet(given), network.surroundings().patience())) {
                throw new IllegalStateException("the participants of the test have not met within " + network.surroundings().patience() + ":"
                        + Differences.describe(given));
            }
            return one ? joined.get(0) : List.copyOf(joined);
        }
    }
}
