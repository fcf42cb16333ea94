package dev.parlor;

import java.util.Optional;

/**
 * Keys of session data that begin with the same text and hold values of the same class, such as one vote a participant. Declare it
 * once as a constant: {@code static final KeyFamily<Vote> VOTES = KeyFamily.of("vote/", Vote.class)}, and read and write it with
 * {@link SessionData#family}. What follows the prefix is the <b>sub-key</b>. Immutable and thread-safe.
 *
 * @param prefix how the keys begin, not null and not empty. End it with a separator such as {@code "/"}, or {@code "vote"} has
 *     the keys of {@code "voter"} too.
 * @param type the class of the values; the box of a primitive one ({@code Integer.class} if {@code int.class} was given)
 * @param lifetime how long what {@link Family} puts is there if it is not told otherwise; empty if until it is removed
 * @param <T> the class of the values
 */
public record KeyFamily<T>(String prefix, Class<T> type, Optional<Lifetime> lifetime) {
    /**
     * Checks prefix and class.
     *
     * @param prefix how the keys begin, not null and not empty
     * @param type the class of the values; a primitive one stands for its box
     * @param lifetime how long what {@link Family} puts is there
     */
    public KeyFamily {
        if (prefix == null || prefix.isEmpty()) {
            throw new InvalidArgumentException("a family of keys must have a prefix, got "
                    + (prefix == null ? "null" : "an empty string") + ": pass a text such as \"vote/\"");
        }
        if (type == null) {
            throw new InvalidArgumentException("the family \"" + prefix + "\" must have a class, got null: pass that of its values");
        }
        Require.optional(lifetime, "the lifetime of the family \"" + prefix + "\"");
        type = Typed.boxed(type);
    }

    /**
     * A family of keys.
     *
     * @param prefix how the keys begin
     * @param type the class of the values
     * @param <T> the class of the values
     * @return the family
     */
    public static <T> KeyFamily<T> of(String prefix, Class<T> type) {
        return new KeyFamily<>(prefix, type, Optional.empty());
    }

    /**
     * The same family, of which each member that {@link Family} puts is there for a time, or while who put it is present: the last lines of a
     * chat, who is typing. What is put by its {@link #key} has no lifetime but what is said there.
     *
     * @param lifetime how long, not null
     * @return the family
     */
    public KeyFamily<T> living(Lifetime lifetime) {
        return new KeyFamily<>(prefix, type, Optional.of(Require.present(lifetime, "the lifetime", "pass one such as Lifetime.whilePresent()")));
    }

    /**
     * The key of a member, for what takes a {@link Key}: a {@link Batch}, {@link SessionData#entry(Key)}, {@link SessionData#when}.
     *
     * @param subKey what follows the prefix, not null and not empty
     * @return the key
     */
    public Key<T> key(String subKey) {
        if (subKey == null || subKey.isEmpty()) {
            throw new InvalidArgumentException("a sub-key of the family \"" + prefix + "\" must not be "
                    + (subKey == null ? "null" : "empty") + ": pass what follows the prefix, such as \"ada\"");
        }
        return new Key<>(prefix.concat(subKey), type);
    }

    /**
     * The sub-key of a key.
     *
     * @param key a whole key, such as that of a {@link Change}
     * @return what follows the prefix; empty if the key is not of the family
     */
    public Optional<String> subKey(String key) {
        return Require.key(key).length() > prefix.length() && key.startsWith(prefix)
                ? Optional.of(key.substring(prefix.length())) : Optional.empty();
    }
}
