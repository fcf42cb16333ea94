package dev.parlor.internal.value.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.value.io.LimitedOutput;
import java.lang.reflect.Array;
import java.util.List;

/** Arrays of objects of one class, each element with its class. */
public final class ArraySerializer extends Serializer<Object> {
    private final Class<?> componentType;

    public ArraySerializer(Class<?> arrayType) {
        componentType = arrayType.getComponentType();
    }

    @Override
    public void write(Kryo kryo, Output out, Object array) {
        writeElements(kryo, out, array);
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        List<Object> elements = CollectionSerializers.readElements(kryo, in);
        Object array = Array.newInstance(componentType, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    /** The number of elements, and each with its class. */
    static void writeElements(Kryo kryo, Output out, Object array) {
        int length = Array.getLength(array);
        LimitedOutput.expect(out, length);
        out.writeVarInt(length, true);
        for (int i = 0; i < length; i++) {
            kryo.writeClassAndObject(out, Array.get(array, i));
        }
    }
}
