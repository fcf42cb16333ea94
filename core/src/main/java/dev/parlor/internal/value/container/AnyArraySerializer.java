package dev.parlor.internal.value.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Util;
import dev.parlor.internal.value.io.Unreadable;
import dev.parlor.internal.value.io.Unshareable;
import java.lang.reflect.Array;
import java.util.List;

/**
 * Arrays of whatever is registered, of any number of dimensions: the class that they are of, then their elements, each with
 * its class. So no class of an array has to be registered. Immutable and thread-safe.
 */
public final class AnyArraySerializer extends Serializer<Object> {
    private final int maxDimensions;

    /** @param maxDimensions that an array may have */
    public AnyArraySerializer(int maxDimensions) {
        this.maxDimensions = maxDimensions;
    }

    /** The registered class that an array is of, or what it is of at last if there is none. */
    public static Class<?> baseOf(Kryo kryo, Class<?> array) {
        Class<?> base = array.getComponentType();
        while (base.isArray() && kryo.getClassResolver().getRegistration(base) == null) {
            base = base.getComponentType();
        }
        return base;
    }

    @Override
    public void write(Kryo kryo, Output out, Object array) {
        Class<?> base = baseOf(kryo, array.getClass());
        int dimensions = 0;
        for (Class<?> each = array.getClass(); each != base; each = each.getComponentType()) {
            dimensions++;
        }
        if (dimensions > maxDimensions) {
            throw new Unshareable("an array of " + dimensions + " dimensions, of which at most " + maxDimensions
                    + " arrive: make it a list of its elements and their places");
        }
        out.writeVarInt(dimensions, true);
        kryo.writeClass(out, base);
        Class<?> component = array.getClass().getComponentType();
        if (Arrivals.mayMiss(component)) {
            for (Object element : (Object[]) array) {
                Arrivals.require(kryo, component, element);
            }
        }
        ArraySerializer.writeElements(kryo, out, array);
    }

    @Override
    public Object read(Kryo kryo, Input in, Class<?> ignored) {
        int dimensions = in.readVarInt(true);
        Registration base = kryo.readClass(in);
        if (dimensions < 1 || dimensions > maxDimensions || base == null || base.getType() == AnyArraySerializer.class) {
            throw new KryoException("an array of " + dimensions + " dimensions of " + base);
        }
        Class<?> component = Util.getWrapperClass(base.getType());
        for (int i = 1; i < dimensions; i++) {
            component = component.arrayType();
        }
        List<Object> elements = CollectionSerializers.readElements(kryo, in);
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            if (element != null && !component.isInstance(element)) {
                throw new Unreadable("an array of " + component.getTypeName() + " was sent with an object of "
                        + element.getClass().getTypeName(), "", "run the same version of the program everywhere", null);
            }
            Array.set(array, i, element);
        }
        return array;
    }
}
