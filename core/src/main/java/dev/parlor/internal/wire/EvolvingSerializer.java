package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Records and classes by the names of their fields, each with its length, so that a reader skips what it lacks and sets
 * to null or zero what the writer lacked. Every object stands for itself: what is skipped takes nothing with it that a
 * later object needs. Kryo's own serializers do not serve: that for records knows only the order of components; the
 * compatible one writes a class's fields once for many objects, and stores what it reads without looking at the type.
 */
final class EvolvingSerializer extends Serializer<Object> {
    private final Shape shape;
    private final int[] nameHashes;
    private final Object[] absent;
    private final Map<Integer, Integer> indexOfName = new HashMap<>();

    EvolvingSerializer(Shape shape) {
        this.shape = shape;
        this.nameHashes = new int[shape.size()];
        this.absent = shape.absent();
        for (int i = 0; i < shape.size(); i++) {
            nameHashes[i] = shape.nameHash(i);
            indexOfName.put(nameHashes[i], i);
        }
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
        out.writeVarInt(shape.size(), true);
        for (int i = 0; i < shape.size(); i++) {
            out.writeInt(nameHashes[i]);
            int lengthAt = out.position();
            out.writeInt(0);
            kryo.writeClassAndObject(out, shape.get(value, i));
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
                throw new KryoException("a field of " + length + " bytes in " + shape.type().getName());
            }
            Integer index = indexOfName.get(name);
            if (index != null) {
                values[index] = fit(kryo.readClassAndObject(in), index);
            }
            if (in.position() > end) {
                throw new KryoException("a field of " + shape.type().getName() + " is longer than it says");
            }
            in.setPosition(end);
        }
        return shape.make(kryo, values);
    }

    /**
     * A value if it fits the field here: numbers are widened, and narrowed if they fit; a missing primitive is zero.
     */
    private Object fit(Object value, int i) {
        Class<?> wanted = shape.fieldType(i);
        if (value == null) {
            return absent[i];
        }
        if (value instanceof Number number) {
            if (wanted == long.class || wanted == Long.class) {
                return number.longValue();
            } else if (wanted == double.class || wanted == Double.class) {
                return number.doubleValue();
            } else if ((wanted == int.class || wanted == Integer.class) && value instanceof Long
                    && number.longValue() == number.intValue()) {
                return number.intValue();
            }
        }
        Class<?> boxed = wanted.isPrimitive() ? absent[i].getClass() : wanted;
        if (!boxed.isInstance(value)) {
            throw new KryoException("field " + shape.name(i) + " of " + shape.type().getName() + " is "
                    + wanted.getSimpleName() + " here but " + value.getClass().getSimpleName() + " was sent");
        }
        return value;
    }

    @Override
    public String toString() {
        return shape.type().getName() + Arrays.toString(indexOfName.keySet().toArray());
    }
}
