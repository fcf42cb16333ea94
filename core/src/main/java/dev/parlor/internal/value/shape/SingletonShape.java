package dev.parlor.internal.value.shape;

import com.esotericsoftware.kryo.KryoException;
import dev.parlor.internal.value.io.Unshareable;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Classes of which there is one object: what arrives is the reader's. Nothing of it is sent. */
final class SingletonShape extends Shape {
    private final Field theOne;

    SingletonShape(Class<?> type) {
        super(type);
        theOne = Singletons.fieldOf(type);
        open(theOne, type);
    }

    /** The reader's one would arrive in place of another, which the class can make as well. */
    @Override
    void requireShareable(Object object) {
        Object one = theOne();
        if (object != one && !object.equals(one)) {
            throw new Unshareable("an object of " + type().getName() + " other than its " + theOne.getName() + ", as which it would "
                    + "arrive: share " + Fields.simpleName(type()) + "." + theOne.getName() + ", or make the class a record");
        }
    }

    @Override
    Object get(Object object, int i) {
        throw new IndexOutOfBoundsException(i);
    }

    @Override
    Object make(@Nullable Object[] values) {
        return theOne();
    }

    private Object theOne() {
        try {
            return theOne.get(null);
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }
}
