package dev.parlor.testkit;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
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
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, TestExecutionExceptionHandler {
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
                field.setAccessible(true);
                field.set(instance, rooms.resolve(field.getGenericType(), field.getAnnotation(Participants.class), field));
            }
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
        ParlorNetwork network = rooms(context).network;
        thrown.addSuppressed(new RepeatWith(network.kind(), network.seed()));
        throw thrown;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestRooms rooms = rooms(context);
        List<OpenedRoom> left = rooms.network.opened().stream().filter(each -> !rooms.given.contains(each.room())).toList();
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
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(context.getUniqueId(), id -> new TestRooms(settings(context)),
                TestRooms.class);
    }

    private static ParlorTest settings(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), ParlorTest.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), ParlorTest.class))
                .orElseGet(() -> AnnotationSupport.findAnnotation(Defaults.class, ParlorTest.class).orElseThrow());
    }

    @ParlorTest
    private static final class Defaults {}

    /** Says at a failure how to have the same chance again; it has no stack of its own. */
    private static final class RepeatWith extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RepeatWith(NetworkKind kind, long seed) {
            super("to have the same chance again: @ParlorTest(network = " + kind + ", seed = " + seed + "L)", null, false, false);
        }
    }

    /** What one test was given. */
    private static final class TestRooms {
        private final ParlorTest settings;
        private final ParlorNetwork network;
        private final List<Room> given = new ArrayList<>();

        TestRooms(ParlorTest settings) {
            this.settings = settings;
            network = settings.seed() == 0 ? ParlorNetwork.create(settings.network())
                    : ParlorNetwork.create(settings.network(), settings.seed());
        }

        Object resolve(Type type, Participants wanted, Object place) {
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
                joined.add(network.join(names.isEmpty() ? network.nextName() : names.get(i), room -> room.types(settings.types())));
            }
            given.addAll(joined);
            // A join ends when the newcomer knows the others, which may hear of it a moment later.
            network.await(() -> given.stream().allMatch(room -> room.participants().size() >= given.size()), network.patience());
            return one ? joined.get(0) : List.copyOf(joined);
        }
    }
}
