package dev.parlor.internal.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one delta changed, each once, with what they held before. Keys that held nothing are told apart without
 * a set, since most deltas are of new keys: a key that comes again holds something by then, and only from the first such
 * on is a set kept.
 */
final class Replaced {
    private final List<String> keys;
    private final List<@Nullable VersionedValue> olds;
    private @Nullable Set<String> seen;

    Replaced(int expected) {
        keys = new ArrayList<>(expected);
        olds = new ArrayList<>(expected);
    }

    /** A key was changed that held this before, or null. */
    void add(String key, @Nullable VersionedValue old) {
        if (old != null && seen == null) {
            seen = new HashSet<>(keys);
        }
        if (seen == null || seen.add(key)) {
            keys.add(key);
            olds.add(old);
        }
    }

    /**
     * What was replaced by what is held now.
     *
     * @param entries what the keys hold
     * @param clear the clear stamp
     */
    List<SessionChange> changes(Map<String, VersionedValue> entries, Stamp clear) {
        List<SessionChange> changes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            SessionChange change = SessionChange.between(keys.get(i), olds.get(i), entries.get(keys.get(i)), clear);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }
}
