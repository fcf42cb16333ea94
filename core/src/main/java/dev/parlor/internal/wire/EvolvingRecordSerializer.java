package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.InvalidArgumentException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Records by the names of their components, each with its length, so that a reader skips what it lacks and sets to null
 * or zero what the writer lacked. Kryo's own serializer for records knows only their order, and its compatible one only
 * classes.
 */
final class EvolvingRecordSerializer extends Serializer<Object> {
    private final Class<?> type;
    private final Method[] accessors;
    private final int[] names;
    private final Class<?>[] types;
    private final Object[] absent;
    private final Map<Integer, Integer> indexOfName = new HashMap<>();
    private final Constructor<?> constructor;

    EvolvingRecordSerializer(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        accessors = new Method[components.length];
        names = new int[components.length];
        types = new Class<?>[components.length];
        absent = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                accessors[i] = components[i].getAccessor();
                accessors[i].setAccessible(true);
                names[i] = TypeRegistry.hash(components[i].getName());
                types[i] = components[i].getType();
                absent[i] = types[i].isPrimitive() ? Array.get(Array.newInstance(types[i], 1), 0) : null;
                if (indexOfName.put(names[i], i) != null) {
                    throw new InvalidArgumentException("two components of " + type.getName() + " have names with the "
                            + "same hash: rename " + components[i].getName());
                }
            }
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (e instanceof InvalidArgumentException invalid) {
                throw invalid;
            }
            throw new InvalidArgumentException(type.getName() + " cannot be registered (" + e.getMessage()
                    + "): open its package to Parlor (opens " + type.getPackageName() + ")");
        }
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        out.writeVarInt(accessors.length, true);
        for (int i = 0; i < accessors.length; i++) {
            out.writeInt(names[i]);
            int lengthAt = out.position();
            out.writeInt(0);
            kryo.writeClassAndObject(out, get(value, i));
            int end = out.position();
            out.setPosition(lengthAt);
            out.writeInt(end - lengthAt - Integer.BYTES);
            out.setPosition(end);
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> ignored) {
        Object[] values = absent.clone();
        int count = in.readVarInt(true);
        for (int i = 0; i < count; i++) {
            int name = in.readInt();
            int length = in.readInt();
            int end = in.position() + length;
            if (length < 1 || end < 0 || end > in.limit()) {
                throw new KryoException("a component of " + length + " bytes in " + type.getName());
            }
            Integer index = indexOfName.get(name);
            if (index != null) {
                values[index] = fit(kryo.readClassAndObject(in), index);
            }
            if (in.position() > end) {
                throw new KryoException("a component of " + type.getName() + " is longer than it says");
            }
            in.setPosition(end);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new KryoException(type.getName() + " refuses its values: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(type.getName() + " cannot be made", e);
        }
    }

    private Object get(Object value, int i) {
        try {
            return accessors[i].invoke(value);
        } catch (InvocationTargetException e) {
            throw new KryoException("the accessor " + accessors[i].getName() + " threw " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
    }

    /**
     * A component's value if it fits the component here: numbers are widened, and narrowed if they fit;
     * a missing primitive is zero.
     */
    private Object fit(Object value, int i) {
        Class<?> wanted = types[i];
        if (value == null) {
            return absent[i];
        }
        if (value instanceof Number number) {
            if (wanted == long.class || wanted == Long.class) {
                return number.longValue();
            } else if (wanted == double.class || wanted == Double.class) {
                return number.doubleValue();
            } else if ((wanted == int.class || wanted == Integer.class) && number.longValue() == number.intValue()
                    && number instanceof Long) {
                return number.intValue();
            }
        }
        Class<?> boxed = wanted.isPrimitive() ? absent[i].getClass() : wanted;
        if (!boxed.isInstance(value)) {
            throw new KryoException("component " + Arrays.asList(type.getRecordComponents()).get(i).getName() + " of "
                    + type.getName() + " is " + wanted.getSimpleName() + " here but "
                    + value.getClass().getSimpleName() + " was sent");
        }
        return value;
    }
}
