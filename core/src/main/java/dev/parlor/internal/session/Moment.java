package dev.parlor.internal.session;

import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of some buckets held at one moment, though it is read while they go on changing: what a key held then is remembered when it first
 * changes, as long as the reading takes and no longer. So what is remembered is what is written meanwhile, and at most every key.
 * Guarded by the room's lock.
 */
public final class Moment {
    private final boolean[] wanted;
    /** By key what it held, or null. */
    private final Map<String, @Nullable VersionedValue> before = new HashMap<>();

    /** @param wanted for each bucket, whether its keys are asked for */
    Moment(boolean[] wanted) {
        this.wanted = wanted.clone();
    }

    void changed(String key, int bucket, @Nullable VersionedValue old) {
        if (wanted[bucket] && !before.containsKey(key)) {
            before.put(key, old);
        }
    }

    /**
     * What a key held then, or null; to be asked once for each key.
     *
     * @param met what it was met with later
     */
    public @Nullable VersionedValue then(String key, VersionedValue met) {
        return before.containsKey(key) ? before.remove(key) : met;
    }

    /** What else was held then: of keys that were not asked for, as they were removed before they were met. */
    public List<KeyedValue> rest() {
        List<KeyedValue> rest = new ArrayList<>();
        before.forEach((key, old) -> {
            if (old != null) {
                rest.add(new KeyedValue(key, old));
            }
        });
        before.clear();
        return rest;
    }
}
