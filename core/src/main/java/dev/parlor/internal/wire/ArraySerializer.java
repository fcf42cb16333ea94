package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;

/** Arrays of objects, each element with its class. */
final class ArraySerializer extends Serializer<Object> {
    private final Class<?> componentType;

    ArraySerializer(Class<?> arrayType) {
        componentType = arrayType.getComponentType();
    }

    @Override
    public void write(Kryo kryo, Output out, Object array) {
        int length = Array.getLength(array);
        out.writeVarInt(length, true);
        for (int i = 0; i < length; i++) {
            kryo.writeClassAndObject(out, Array.get(array, i));
        }
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> type) {
        int length = JdkTypes.readSize(in);
        Object array = Array.newInstance(componentType, length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, kryo.readClassAndObject(in));
        }
        return array;
    }
}
