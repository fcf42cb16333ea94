package dev.parlor.internal.family;

import dev.parlor.InvalidArgumentException;
import dev.parlor.KeyFamily;
import dev.parlor.internal.index.PrefixIndexes;
import dev.parlor.internal.index.PrefixTable;
import org.jspecify.annotations.Nullable;

/**
 * The families that a room was asked for, so that what is written to one of them is not missing in the innermost one of the key. Of several
 * with one prefix the first counts. Thread-safe.
 */
final class Declared {
    private final PrefixTable<KeyFamily<?>> families = new PrefixTable<>();

    /** A family was asked for. Beyond as many as may be read as a whole it is not noted, and what is written not looked at. */
    synchronized void add(KeyFamily<?> family) {
        if (families.size() < PrefixIndexes.MOST && families.get(family.prefix()) == null) {
            families.add(family.prefix(), family);
        }
    }

    /** @throws InvalidArgumentException if the key belongs to a longer prefix as well, to whose class the value does not belong */
    synchronized void requireSeenBy(KeyFamily<?> written, String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        KeyFamily<?> innermost = families.longestWithin(key);
        if (innermost != null && innermost.prefix().length() > written.prefix().length() && !innermost.type().isInstance(value)) {
            throw new InvalidArgumentException("the key \"" + key + "\" belongs to the family \"" + innermost.prefix() + "\" of "
                    + innermost.type().getName() + " as well, in which a " + value.getClass().getName() + " is missing: use another "
                    + "sub-key, or families of which none begins like another one");
        }
    }
}
