package dev.parlor;

import java.lang.invoke.MethodType;
import java.util.Optional;

/** Values by the class that a caller expects. */
final class Typed {
    private Typed() {}

    /** The class whose objects are meant: the box of a primitive one. */
    @SuppressWarnings("unchecked") // int.class and Integer.class are both Class<Integer>
    static <T> Class<T> boxed(Class<T> type) {
        return type.isPrimitive() ? (Class<T>) MethodType.methodType(type).wrap().returnType() : type;
    }

    /** A value if it is of a class. */
    static <T> Optional<T> as(Class<T> type, Optional<Object> value) {
        Class<T> wanted = boxed(Require.type(type));
        return value.filter(wanted::isInstance).map(wanted::cast);
    }

    /** The value of a key if that is the key meant, and the value of its class. */
    static <T> Optional<T> as(Key<T> wanted, String key, Optional<Object> value) {
        return Require.typedKey(wanted).name().equals(key) ? as(wanted.type(), value) : Optional.empty();
    }
}
