package dev.parlor.internal.value.shape;

import dev.parlor.InvalidArgumentException;
import dev.parlor.internal.value.io.Unreadable;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of a record or class: how to read them and how to make an object of them. Immutable once it is made. */
public abstract class Shape {
    /** What a field may be declared as whose lists, sets and maps arrive as unmodifiable ones. */
    private static final Set<Class<?>> CONTAINERS = Set.of(Collection.class, List.class, Set.class, Map.class);

    private final Class<?> type;
    private final List<String> names = new ArrayList<>();
    private final List<Class<?>> types = new ArrayList<>();

    Shape(Class<?> type) {
        this.type = type;
    }

    /**
     * The shape of a record or class whose objects may travel.
     *
     * @param arrives whether objects of the application's own arrive that a field of a class can hold
     * @throws InvalidArgumentException if it cannot be reached, or has a field that nothing read could be put into
     */
    public static Shape of(Class<?> type, Predicate<Class<?>> arrives) {
        if (Singletons.isOne(type)) {
            return new SingletonShape(type);
        }
        Shape shape = type.isRecord() ? new RecordShape(type) : new ClassShape(type);
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < shape.size(); i++) {
            if (!hashes.add(shape.nameHash(i))) {
                throw new InvalidArgumentException("two fields of " + type.getName() + " have names with the same "
                        + "hash: rename " + shape.name(i));
            }
            Class<?> field = shape.fieldType(i);
            boolean container = Collection.class.isAssignableFrom(field) || Map.class.isAssignableFrom(field);
            if (container && !CONTAINERS.contains(field) && !arrives.test(field)) {
                throw new InvalidArgumentException(type.getName() + "." + shape.name(i) + " is declared as "
                        + Fields.simpleName(field) + ", but lists, sets and maps arrive as unmodifiable ones: declare it as "
                        + "List, Set, Map or Collection");
            }
        }
        return shape;
    }

    Class<?> type() {
        return type;
    }

    public int size() {
        return names.size();
    }

    String name(int i) {
        return names.get(i);
    }

    int nameHash(int i) {
        return Fields.hash(names.get(i));
    }

    public Class<?> fieldType(int i) {
        return types.get(i);
    }

    /**
     * Names that several of its fields have, one hiding the other, and that none goes by here: a program that has one of them
     * sends it under its name alone, and it could be either.
     */
    Set<String> ambiguous() {
        return Set.of();
    }

    /** What fields hold that nothing was sent for. */
    @Nullable Object[] absent() {
        return types.stream().map(each -> each.isPrimitive() ? Array.get(Array.newInstance(each, 1), 0) : null).toArray();
    }

    /** Refuses an object that would arrive as another one. */
    void requireShareable(Object object) {
        // Its fields say all.
    }

    /** What an object holds in a field. */
    abstract @Nullable Object get(Object object, int i);

    /** An object that holds these values in its fields. */
    abstract Object make(@Nullable Object[] values);

    final void add(String name, Class<?> fieldType) {
        names.add(name);
        types.add(fieldType);
    }

    /**
     * Makes a part of a class reachable.
     *
     * @param owner the class that declares it
     */
    final void open(AccessibleObject part, Class<?> owner) {
        try {
            part.setAccessible(true);
        } catch (RuntimeException e) {
            Module here = Shape.class.getModule();
            Module there = owner.getModule();
            throw new InvalidArgumentException(type.getName() + " cannot be registered, since "
                    + (owner == type ? "its" : owner.getName() + ", which it extends, is not open to Parlor: the") + " package "
                    + owner.getPackageName() + " is not opened" + (there.isNamed() ? " by the module " + there.getName() : "")
                    + ": add \"opens " + owner.getPackageName() + (here.isNamed() ? " to " + here.getName() : "")
                    + ";\" to the module-info.java of " + there.getName() + ". If that module is not yours, start java with --add-opens "
                    + there.getName() + "/" + owner.getPackageName() + "=" + (here.isNamed() ? here.getName() : "ALL-UNNAMED")
                    + ", or share a record with what the object holds");
        }
    }

    /** What a constructor, an accessor or readResolve() threw. */
    final Unreadable refused(String what, Throwable thrown) {
        String advice = thrown instanceof UnsupportedOperationException
                ? "copy lists, sets and maps before changing them, as they arrive unmodifiable"
                : "let " + Fields.simpleName(type) + " take what other versions of the program send, where a field may be null or "
                + "zero";
        return new Unreadable(type.getName() + " " + what + ": " + thrown.getClass().getName(),
                thrown.getMessage() == null ? "" : " " + thrown.getMessage(), advice, thrown);
    }
}
