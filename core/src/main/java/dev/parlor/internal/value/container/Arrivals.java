package dev.parlor.internal.value.container;

import com.esotericsoftware.kryo.Kryo;
import dev.parlor.internal.value.io.Unshareable;
import java.lang.reflect.Modifier;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lists, sets, maps and entries arrive as, whatever class they were of at the writer. A field that is declared as an
 * interface of the application's may hold one there that is of that interface, and what arrives is not.
 */
public final class Arrivals {
    /** An object of the class that arrives, by the class under which it is written. */
    private static final Map<Class<?>, Object> ARRIVING = Map.of(
            List.class, Collections.unmodifiableList(new ArrayList<>()),
            Set.class, Collections.unmodifiableSet(new LinkedHashSet<>()),
            Map.class, Collections.unmodifiableMap(new LinkedHashMap<>()),
            Map.Entry.class, new SimpleImmutableEntry<>("", ""));

    private Arrivals() {}

    /** The classes of what arrives. */
    public static Stream<Class<?>> classes() {
        return ARRIVING.values().stream().map(Object::getClass);
    }

    /** Whether a field or array of a type could hold a container as which nothing arrives. */
    public static boolean mayMiss(Class<?> declared) {
        boolean holdsNone = declared.isPrimitive() || declared.isArray() || declared.isEnum()
                || Modifier.isFinal(declared.getModifiers());
        return !holdsNone && declared != Collection.class && !ARRIVING.containsKey(declared)
                && !ARRIVING.values().stream().allMatch(declared::isInstance);
    }

    /**
     * Refuses a container that arrives as one of another class, which its place cannot hold.
     *
     * @param declared what its place is declared as, such that {@link #mayMiss}
     */
    public static void require(Kryo kryo, Class<?> declared, @Nullable Object value) {
        if (value instanceof Collection || value instanceof Map || value instanceof Map.Entry) {
            Class<?> kind = kryo.getRegistration(value.getClass()).getType();
            Object arriving = ARRIVING.get(kind);
            if (arriving != null && !declared.isInstance(arriving)) {
                throw new Unshareable("a " + value.getClass().getTypeName() + " where " + declared.getTypeName()
                        + " is declared, which cannot hold the unmodifiable " + kind.getSimpleName() + " as which it arrives: "
                        + "declare " + kind.getSimpleName() + " or Object");
            }
        }
    }
}
