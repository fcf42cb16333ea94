package dev.parlor;

/**
 * A key of session data together with the class of its value, so that reads and writes are checked by the compiler.
 * Declare it once as a constant: {@code static final Key<Poll> POLL = Key.of("poll", Poll.class)}. Immutable and
 * thread-safe.
 *
 * @param name the key, not null and not empty
 * @param type the class of the value; the box of a primitive one ({@code Integer.class} if {@code int.class} was given)
 * @param <T> the class of the value
 */
public record Key<T>(String name, Class<T> type) {
    /**
     * Checks name and class.
     *
     * @param name the key, not null and not empty
     * @param type the class of the value; a primitive one stands for its box
     */
    public Key {
        if (name == null || name.isEmpty()) {
            throw new InvalidArgumentException("a key must have a name, got "
                    + (name == null ? "null" : "an empty string") + ": pass a text such as \"poll\"");
        }
        if (type == null) {
            throw new InvalidArgumentException("the key \"" + name + "\" must have a class, got null: pass that of its value");
        }
        type = Typed.boxed(type);
    }

    /**
     * A typed key.
     *
     * @param name the key
     * @param type the class of its value
     * @param <T> the class of its value
     * @return the key
     */
    public static <T> Key<T> of(String name, Class<T> type) {
        return new Key<>(name, type);
    }
}
