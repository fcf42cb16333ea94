package dev.parlor;

import java.util.Optional;

/**
 * A member of a {@link FamilyView} has come, gone, or has another value. When a listener is slow, several changes of a member
 * become one, with the old value of the first and the new value of the last. Immutable and thread-safe.
 *
 * @param subKey the key without the prefix of the family
 * @param oldValue the value before; empty if there was none that belongs to the view
 * @param newValue the value now; empty if there is none that belongs to the view
 * @param author who wrote the new value, or removed the old one; as in {@link Change#author}
 * @param cause how this participant came to know
 * @param <T> the class of the values
 */
public record FamilyChange<T>(String subKey, Optional<T> oldValue, Optional<T> newValue, Author author, Change.Cause cause) {
    /**
     * A change.
     *
     * @param subKey the key without the prefix of the family
     * @param oldValue the value before
     * @param newValue the value now
     * @param author who wrote
     * @param cause how this participant came to know
     * @throws InvalidArgumentException if one is null
     */
    public FamilyChange {
        Require.present(subKey, "the sub-key", "pass what follows the prefix, such as \"ada\"");
        Require.optional(oldValue, "the old value");
        Require.optional(newValue, "the new value");
        Require.author(author);
        Require.present(cause, "the cause", "pass one of Change.Cause");
    }
}
