package dev.parlor;

/** Arguments that must be there. */
final class Require {
    private Require() {}

    /**
     * An argument that must not be null.
     *
     * @param what which argument, such as {@code "the id"}
     * @param instead what to pass, such as {@code "take one from participant.id()"}
     */
    static <T> T present(T value, String what, String instead) {
        if (value == null) {
            throw new InvalidArgumentException(what + " must not be null: " + instead);
        }
        return value;
    }

    static <T> Class<T> type(Class<T> type) {
        return present(type, "the class", "pass one such as String.class");
    }

    static <T> Key<T> key(Key<T> key) {
        return present(key, "the key", "make one with Key.of(\"poll\", Poll.class)");
    }
}
