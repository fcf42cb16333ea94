package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import dev.parlor.InvalidArgumentException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a record or class: how to read them and how to make an object of them. Immutable. */
abstract class Shape {
    private final Class<?> type;
    private final List<String> names = new ArrayList<>();
    private final List<Class<?>> types = new ArrayList<>();

    private Shape(Class<?> type) {
        this.type = type;
    }

    /**
     * The shape of a record or class.
     *
     * @throws InvalidArgumentException if it cannot be reached, or has a field that nothing read could be put into
     */
    static Shape of(Class<?> type) {
        Shape shape = type.isRecord() ? new OfRecord(type) : new OfClass(type);
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < shape.size(); i++) {
            if (!hashes.add(shape.nameHash(i))) {
                throw new InvalidArgumentException("two fields of " + type.getName() + " have names with the same "
                        + "hash: rename " + shape.name(i));
            }
            Class<?> field = shape.fieldType(i);
            boolean container = Collection.class.isAssignableFrom(field) || Map.class.isAssignableFrom(field);
            if (container && !Set.of(Collection.class, List.class, Set.class, Map.class).contains(field)) {
                throw new InvalidArgumentException(type.getName() + "." + shape.name(i) + " is declared as "
                        + field.getSimpleName() + ", but lists, sets and maps arrive as unmodifiable ones: declare it as "
                        + "List, Set, Map or Collection");
            }
        }
        return shape;
    }

    Class<?> type() {
        return type;
    }

    int size() {
        return names.size();
    }

    String name(int i) {
        return names.get(i);
    }

    int nameHash(int i) {
        return TypeRegistry.hash(names.get(i));
    }

    Class<?> fieldType(int i) {
        return types.get(i);
    }

    /** What fields hold that nothing was sent for. */
    Object[] absent() {
        return types.stream().map(each -> each.isPrimitive() ? Array.get(Array.newInstance(each, 1), 0) : null).toArray();
    }

    abstract Object get(Object object, int i);

    abstract Object make(Kryo kryo, Object[] values);

    void add(String name, Class<?> fieldType) {
        names.add(name);
        types.add(fieldType);
    }

    void open(AccessibleObject part) {
        try {
            part.setAccessible(true);
        } catch (RuntimeException e) {
            throw new InvalidArgumentException(type.getName() + " cannot be registered (" + e.getMessage()
                    + "): open its package to Parlor (opens " + type.getPackageName() + ")");
        }
    }

    private static final class OfRecord extends Shape {
        private final List<Method> accessors = new ArrayList<>();
        private final Constructor<?> constructor;

        OfRecord(Class<?> type) {
            super(type);
            RecordComponent[] components = type.getRecordComponents();
            for (RecordComponent component : components) {
                add(component.getName(), component.getType());
                open(component.getAccessor());
                accessors.add(component.getAccessor());
            }
            try {
                constructor = type.getDeclaredConstructor(java.util.Arrays.stream(components)
                        .map(RecordComponent::getType).toArray(Class<?>[]::new));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has its canonical constructor", e);
            }
            open(constructor);
        }

        @Override
        Object get(Object object, int i) {
            try {
                return accessors.get(i).invoke(object);
            } catch (InvocationTargetException e) {
                throw new KryoException("the accessor " + name(i) + " threw " + e.getCause(), e);
            } catch (IllegalAccessException e) {
                throw new KryoException(e);
            }
        }

        @Override
        Object make(Kryo kryo, Object[] values) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                throw new KryoException(type().getName() + " refuses its values: " + e.getCause(), e);
            } catch (ReflectiveOperationException e) {
                throw new KryoException(type().getName() + " cannot be made", e);
            }
        }
    }

    private static final class OfClass extends Shape {
        private final List<Field> fields = new ArrayList<>();

        OfClass(Class<?> type) {
            super(type);
            Set<String> taken = new HashSet<>();
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0 && !field.isSynthetic()) {
                        // A field hidden by one of a subclass is told apart by its class.
                        add(taken.add(field.getName()) ? field.getName()
                                : each.getSimpleName() + "." + field.getName(), field.getType());
                        open(field);
                        fields.add(field);
                    }
                }
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
        Object make(Kryo kryo, Object[] values) {
            Object made = kryo.newInstance(type());
            try {
                for (int i = 0; i < values.length; i++) {
                    fields.get(i).set(made, values[i]);
                }
            } catch (IllegalAccessException e) {
                throw new KryoException(e);
            }
            return made;
        }
    }
}
