package dev.parlor.internal.value;

import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.value.container.Arrivals;
import dev.parlor.internal.value.jdk.Instead;
import dev.parlor.internal.value.jdk.JdkTypes;
import dev.parlor.internal.value.shape.Fields;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;

/** Classes that a reader asks for: such that something can be of them. */
public final class ReadTypes {
    /** What lists, sets and maps can be asked for as, whatever class they were of at the writer. */
    private static final Set<Class<?>> CONTAINERS = Set.of(Collection.class, List.class, Set.class, Map.class);

    private ReadTypes() {}

    /**
     * The class of the objects that arrive for a class asked for: the box of a primitive one.
     *
     * @throws InvalidArgumentException if nothing that arrives is ever of that class
     */
    @SuppressWarnings("unchecked") // int.class and Integer.class are both Class<Integer>
    public static <T> Class<T> arriving(Class<T> type) {
        if (type == null) {
            throw new InvalidArgumentException("the class must not be null: pass Object.class for any");
        } else if (type == void.class || type == Void.class) {
            throw new InvalidArgumentException("nothing arrives as " + type.getName() + ": pass Object.class for any");
        } else if (type.isPrimitive()) {
            return (Class<T>) MethodType.methodType(type).wrap().returnType();
        }
        requireNoContainerOfTheJdk(type);
        return type;
    }

    private static void requireNoContainerOfTheJdk(Class<?> type) {
        if (Fields.isOfTheJdk(type) && !CONTAINERS.contains(type)
                && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))) {
            Class<?> general = JdkTypes.generalOf(type);
            throw new InvalidArgumentException("nothing arrives as a " + type.getName() + ", since lists, sets and maps arrive as "
                    + "unmodifiable ones: ask for " + (general == null ? Collection.class : general).getSimpleName()
                    + ".class, and copy that into what you need");
        }
    }

    /**
     * Refuses a class of which nothing that arrives can be. One of the application's that is no list, set, map or entry may
     * be registered with those who write it and forgotten here, of which a warning tells.
     *
     * @param registered the application's classes
     */
    static void requirePossible(Class<?> asked, Set<Class<?>> registered) {
        Class<?> type = TypeRegistry.elementOf(asked);
        Class<?> general = JdkTypes.generalOf(type);
        boolean own = !Fields.isOfTheJdk(type);
        if (own && general == null || type.isPrimitive() || JdkTypes.contains(type) || JdkTypes.isOnlyOfArrays(type)
                || registered.stream().anyMatch(type::isAssignableFrom) || Arriving.CLASSES.stream().anyMatch(type::isAssignableFrom)
                || !own && general != null && Arriving.OF_SOME_CLASS.contains(general)) {
            return;
        } else if (!own || general == null) {
            boolean anyOf = Modifier.isAbstract(type.getModifiers()) || type.isEnum();
            throw new InvalidArgumentException("nothing arrives as " + asked.getTypeName() + ": " + (anyOf
                    ? "register the class whose objects are meant with .types(…) on the builder of the room" : Instead.of(type)));
        }
        String kind = Fields.simpleName(general);
        throw new InvalidArgumentException("nothing arrives as " + asked.getTypeName() + ", since it is not registered, and so arrives as "
                + "any " + kind + " does: " + (Registrable.refusal(type) == null
                ? "call .types(" + Fields.simpleName(type) + ".class) on the builder of the room, in every program, or " : "")
                + "ask for " + kind + ".class");
    }

    /** Looked at where a class is asked for that is not usual. */
    private static final class Arriving {
        /** Kinds whose objects arrive as ones of a class that the JDK chooses. */
        static final Set<Class<?>> OF_SOME_CLASS = Set.of(ZoneId.class, Charset.class, TimeZone.class, Chronology.class,
                InetAddress.class, ChronoLocalDate.class);
        /** Of all other values of the JDK. */
        static final List<Class<?>> CLASSES = Stream.concat(JdkTypes.ofObjects(), Arrivals.classes()).toList();

        private Arriving() {}
    }
}
