package dev.parlor;

import java.util.Optional;

/**
 * One key of session data has another value. When a listener is slow, several changes of a key become one, with the
 * old value of the first and the new value of the last. Immutable and thread-safe.
 *
 * @param key the key
 * @param oldValue the value before; empty if there was none, or if its class is not registered here
 * @param newValue the value now; empty if it was removed, or if its class is not registered here
 * @param author who wrote the new value, or removed the old one; where this participant missed a removal that all others have
 *     forgotten since, who wrote the old value
 * @param cause how this participant came to know
 */
public record Change(String key, Optional<Object> oldValue, Optional<Object> newValue, Author author, Cause cause) {
    /**
     * A change.
     *
     * @param key the key
     * @param oldValue the value before
     * @param newValue the value now
     * @param author who wrote
     * @param cause how this participant came to know
     * @throws InvalidArgumentException if one is null
     */
    public Change {
        Require.key(key);
        Require.optional(oldValue, "the old value");
        Require.optional(newValue, "the new value");
        Require.author(author);
        Require.present(cause, "the cause", "pass one of Change.Cause");
    }


    /** How this participant came to know of a change. */
    public enum Cause {
        /** It was written here. */
        LOCAL,
        /** Its writer sent it. */
        REMOTE,
        /**
         * It was missed when it was sent (a partition, a lost frame) and came with a repair; or what lives while its author is present
         * is seen again, since the author is back.
         */
        SYNC,
        /** Its time is over: see {@link Lifetime#of}. The author is who had written it. */
        EXPIRED,
        /** It lives while its author is present, who has left or vanished: see {@link Lifetime#whilePresent}. */
        AUTHOR_LEFT
    }

    /**
     * The new value if it is of a class.
     *
     * @param type the class expected; a primitive one stands for its box
     * @param <T> the class expected
     * @return the new value, empty if removed or of another class
     */
    public <T> Optional<T> newValue(Class<T> type) {
        return Typed.as(type, newValue);
    }

    /**
     * The new value if this is a change of a typed key, for listeners of several keys.
     *
     * @param typed the key
     * @param <T> the class of its value
     * @return the new value, empty if removed, of another class, or of another key
     */
    public <T> Optional<T> newValue(Key<T> typed) {
        return Typed.as(typed, key, newValue);
    }

    /**
     * The old value if it is of a class.
     *
     * @param type the class expected; a primitive one stands for its box
     * @param <T> the class expected
     * @return the old value, empty if there was none or it was of another class
     */
    public <T> Optional<T> oldValue(Class<T> type) {
        return Typed.as(type, oldValue);
    }

    /**
     * The old value if this is a change of a typed key, for listeners of several keys.
     *
     * @param typed the key
     * @param <T> the class of its value
     * @return the old value, empty if there was none, or it was of another class, or of another key
     */
    public <T> Optional<T> oldValue(Key<T> typed) {
        return Typed.as(typed, key, oldValue);
    }
}
