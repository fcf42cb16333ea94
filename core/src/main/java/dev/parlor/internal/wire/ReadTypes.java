package dev.parlor.internal.wire;

import dev.parlor.InvalidArgumentException;
import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        requirePossible(type);
        return type;
    }

    /** Refuses a class of the JDK of which nothing that arrives can be, as a reader would wait for it for ever. */
    private static void requirePossible(Class<?> type) {
        if (Fields.isOfTheJdk(type) && !CONTAINERS.contains(type)
                && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))) {
            throw new InvalidArgumentException("nothing arrives as a " + type.getName() + ", since lists, sets and maps arrive as "
                    + "unmodifiable ones: ask for " + JdkTypes.generalOf(type).getSimpleName()
                    + ".class, and copy that into what you need");
        }
    }
}
