package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import dev.parlor.InvalidArgumentException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objenesis.ObjenesisException;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Classes: read and made by their fields. What has a constructor without parameters, public or not, is made by it, so that
 * transient fields hold what it gives them; anything else without a constructor, as Java serialization does. Kryo's own way
 * loads a class that it makes, which may not reach a constructor that is not public and then fails with an error.
 */
final class ClassShape extends Shape {
    private final List<Field> fields = new ArrayList<>();
    /** Null if there is none, or another way must be taken. */
    private final Constructor<?> constructor;
    /** Makes objects without a constructor. Null until the first is wanted. */
    private volatile ObjectInstantiator<?> instantiator;
    /** Gives the object that stands for the one that was read; may be null. */
    private final Method readResolve;

    ClassShape(Class<?> type) {
        super(type);
        Set<String> taken = new HashSet<>();
        for (Field field : Fields.shared(type)) {
            // A field hidden by one of a subclass is told apart by its class.
            add(taken.add(field.getName()) ? field.getName()
                    : Fields.simpleName(field.getDeclaringClass()) + "." + field.getName(), field.getType());
            open(field, field.getDeclaringClass());
            fields.add(field);
        }
        readResolve = Fields.readResolve(type);
        if (readResolve != null) {
            open(readResolve, readResolve.getDeclaringClass());
        }
        constructor = readResolve == null ? withoutParameters(type) : null;
        if (constructor != null) {
            open(constructor, type);
        }
        if (constructor == null) {
            instantiator();
        }
    }

    private ObjectInstantiator<?> instantiator() {
        if (instantiator == null) {
            try {
                instantiator = new StdInstantiatorStrategy().newInstantiatorOf(type());
            } catch (ObjenesisException e) {
                // On the module path nothing need have asked for it.
                throw new InvalidArgumentException("objects of " + type().getName() + " cannot be made, as it has no constructor "
                        + "without parameters that can be called, and this Java has not the module by which they are made without "
                        + "one: add such a constructor, or \"requires jdk.unsupported;\" to the module-info.java of the program");
            }
        }
        return instantiator;
    }

    private static Constructor<?> withoutParameters(Class<?> type) {
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    @Override
    Object get(Object object, int i) {
        try {
            return fields.get(i).get(object);
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }

    @Override
    Object make(Object[] values) {
        try {
            Object made = newInstance();
            for (int i = 0; i < values.length; i++) {
                fields.get(i).set(made, values[i]);
            }
            return readResolve == null ? made : resolve(made);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(type().getName() + " cannot be made", e);
        }
    }

    private Object newInstance() throws ReflectiveOperationException {
        if (constructor != null) {
            try {
                return constructor.newInstance();
            } catch (InvocationTargetException e) {
                // It is not there to be called, as the class has others: what was put must be read all the same.
                return instantiator().newInstance();
            }
        }
        return instantiator().newInstance();
    }

    private Object resolve(Object made) throws IllegalAccessException {
        try {
            return readResolve.invoke(made);
        } catch (InvocationTargetException e) {
            throw refused("has a readResolve() that threw", e.getCause());
        }
    }
}
