package dev.parlor.internal.family;

import dev.parlor.InvalidArgumentException;
import dev.parlor.KeyFamily;
import dev.parlor.internal.index.PrefixIndexes;
import dev.parlor.internal.index.PrefixTable;
import org.jspecify.annotations.Nullable;

/**
 * The families that a room was asked for, so that what is written to one of them is not missing in another one within it. Of several
 * with one prefix the first counts. Thread-safe.
 */
final class Declared {
    private volatile PrefixTable<KeyFamily<?>> families = PrefixTable.empty();

    /** A family was asked for. */
    void add(KeyFamily<?> family) {
        if (families.get(family.prefix()) == null) {
            addNew(family);
        }
    }

    private synchronized void addNew(KeyFamily<?> family) {
        // What is not noted is written without this care.
        if (families.get(family.prefix()) == null && families.size() < PrefixIndexes.MOST) {
            families = families.with(family.prefix(), family);
        }
    }

    /** @throws InvalidArgumentException if the key belongs to a longer prefix as well, to whose class the value does not belong */
    void requireSeenBy(KeyFamily<?> written, String key, @Nullable Object value) {
        families.forEachOf(key, (prefix, family) -> {
            if (value != null && prefix.length() > written.prefix().length() && !family.type().isInstance(value)) {
                throw new InvalidArgumentException("the key \"" + key + "\" belongs to the family \"" + prefix + "\" of "
                        + family.type().getName() + " as well, in which a " + value.getClass().getName() + " is missing: use another "
                        + "sub-key, or families of which none begins like another one");
            }
        });
    }
}
