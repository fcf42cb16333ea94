package dev.parlor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A value of session data with who wrote it and when. An immutable snapshot, thread-safe.
 *
 * @param key the key
 * @param value the value
 * @param author who wrote it
 * @param at when it was written, in the room's time
 * @param lifetime how long it is there; empty if until it is removed
 * @param left how long it is still there, if that is known; empty if until it is removed or while its author is present
 */
public record Entry(String key, Object value, Author author, Instant at, Optional<Lifetime> lifetime, Optional<Duration> left) {
    /**
     * An entry that is there until it is removed.
     *
     * @param key the key
     * @param value the value
     * @param author who wrote it
     * @param at when
     * @throws InvalidArgumentException if one is null
     */
    public Entry(String key, Object value, Author author, Instant at) {
        this(key, value, author, at, Optional.empty(), Optional.empty());
    }

    /**
     * An entry.
     *
     * @param key the key
     * @param value the value
     * @param author who wrote it
     * @param at when
     * @param lifetime how long it is there
     * @param left how long it is still there
     * @throws InvalidArgumentException if one is null
     */
    public Entry {
        Require.key(key);
        Require.present(value, "the value", "a key without a value has no entry");
        Require.author(author);
        Require.present(at, "the time", "pass when it was written");
        Require.optional(lifetime, "the lifetime");
        Require.optional(left, "the time that is left");
    }


    /**
     * The value if it is of a class.
     *
     * @param type the class expected; a primitive one stands for its box
     * @param <T> the class expected
     * @return the value, empty if it is of another class
     */
    public <T> Optional<T> value(Class<T> type) {
        return Typed.as(type, Optional.of(value));
    }
}
