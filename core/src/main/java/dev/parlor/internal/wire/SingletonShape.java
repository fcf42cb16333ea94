package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import java.lang.reflect.Field;

/** Classes of which there is one object: what arrives is the reader's. Nothing of it is sent. */
final class SingletonShape extends Shape {
    private final Field theOne;

    SingletonShape(Class<?> type) {
        super(type);
        theOne = Singletons.fieldOf(type);
        open(theOne, type);
    }

    @Override
    Object get(Object object, int i) {
        throw new IndexOutOfBoundsException(i);
    }

    @Override
    Object make(Object[] values) {
        try {
            return theOne.get(null);
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }
}
