package dev.parlor.internal.value.shape;

import com.esotericsoftware.kryo.KryoException;
import dev.parlor.InvalidArgumentException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objenesis.ObjenesisException;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.InstantiatorStrategy;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Classes: read and made by their fields. What has a constructor without parameters, public or not, is made by it, so that
 * transient fields hold what it gives them; anything else without a constructor, as Java serialization does. Kryo's own way
 * loads a class that it makes, which may not reach a constructor that is not public and then fails with an error.
 */
final class ClassShape extends Shape {
    private final List<Field> fields = new ArrayList<>();
    private final Set<String> ambiguous = new HashSet<>();
    /** Null if there is none, or another way must be taken. */
    private final @Nullable Constructor<?> constructor;
    /** Makes objects without a constructor. Null until the first is wanted. */
    private volatile @Nullable ObjectInstantiator<?> instantiator;
    /** Gives the object that stands for the one that was read; may be null. */
    private final @Nullable Method readResolve;
    /** Makes objects without a constructor; null if this Java cannot. */
    private final @Nullable InstantiatorStrategy strategy;

    /** Loaded when the first class is registered. */
    private static final class WithoutConstructor {
        static final @Nullable InstantiatorStrategy STRATEGY = find();

        private WithoutConstructor() {}

        /** On the module path nothing need have asked for the module jdk.unsupported. */
        private static @Nullable InstantiatorStrategy find() {
            InstantiatorStrategy strategy = new StdInstantiatorStrategy();
            try {
                strategy.newInstantiatorOf(Object.class);
                return strategy;
            } catch (ObjenesisException e) {
                return null;
            }
        }
    }

    ClassShape(Class<?> type) {
        this(type, WithoutConstructor.STRATEGY);
    }

    /** @param strategy makes objects without a constructor; null if this Java cannot */
    ClassShape(Class<?> type, @Nullable InstantiatorStrategy strategy) {
        super(type);
        this.strategy = strategy;
        Set<String> all = new HashSet<>();
        for (Field field : Fields.shared(type)) {
            if (!all.add(field.getName())) {
                ambiguous.add(field.getName());
            }
        }
        for (Field field : Fields.shared(type)) {
            // Fields of which one hides the other are told apart by their classes.
            add(ambiguous.contains(field.getName()) ? Fields.simpleName(field.getDeclaringClass()) + "." + field.getName()
                    : field.getName(), field.getType());
            open(field, field.getDeclaringClass());
            fields.add(field);
        }
        readResolve = Fields.readResolve(type);
        if (readResolve != null) {
            open(readResolve, readResolve.getDeclaringClass());
        }
        constructor = readResolve == null || strategy == null ? withoutParameters(type) : null;
        if (constructor != null) {
            open(constructor, type);
        }
        if (strategy == null) {
            requireConstructor();
        } else if (constructor == null) {
            instantiator();
        }
    }

    private ObjectInstantiator<?> instantiator() {
        ObjectInstantiator<?> made = instantiator;
        if (made == null) {
            made = Objects.requireNonNull(strategy, "there is a constructor where there is none").newInstantiatorOf(type());
            instantiator = made;
        }
        return made;
    }

    /** Where there is no other way, its objects are found to be makeable before one is shared. */
    private void requireConstructor() {
        String lack = "it has no constructor without parameters";
        if (constructor != null) {
            try {
                constructor.newInstance();
                return;
            } catch (InvocationTargetException e) {
                lack = "its constructor without parameters threw " + e.getCause();
            } catch (ReflectiveOperationException e) {
                lack = "its constructor without parameters cannot be called (" + e + ")";
            }
        }
        throw new InvalidArgumentException("objects of " + type().getName() + " cannot be made, as " + lack + ", and this Java has not "
                + "the module by which they are made without one: add such a constructor, or \"requires jdk.unsupported;\" to the "
                + "module-info.java of the program");
    }

    private static @Nullable Constructor<?> withoutParameters(Class<?> type) {
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    @Override
    Set<String> ambiguous() {
        return ambiguous;
    }

    @Override
    @Nullable Object get(Object object, int i) {
        try {
            return fields.get(i).get(object);
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }

    @Override
    Object make(@Nullable Object[] values) {
        try {
            Object made = newInstance();
            for (int i = 0; i < values.length; i++) {
                fields.get(i).set(made, values[i]);
            }
            return readResolve == null ? made : resolve(readResolve, made);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(type().getName() + " cannot be made", e);
        }
    }

    private Object newInstance() throws ReflectiveOperationException {
        if (constructor != null) {
            try {
                return constructor.newInstance();
            } catch (InvocationTargetException e) {
                if (strategy == null) {
                    throw refused("has a constructor that threw", e.getTargetException());
                }
                // It is not there to be called, as the class has others: what was put must be read all the same.
                return instantiator().newInstance();
            }
        }
        return instantiator().newInstance();
    }

    private Object resolve(Method by, Object made) throws IllegalAccessException {
        try {
            return by.invoke(made);
        } catch (InvocationTargetException e) {
            throw refused("has a readResolve() that threw", e.getTargetException());
        }
    }
}
