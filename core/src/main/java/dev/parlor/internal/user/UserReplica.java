package dev.parlor.internal.user;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each participant shares of itself: single writer, so the greater version is the newer. Only its owner's word is
 * taken, which the caller sees to by passing the sender's id as owner. Not thread-safe: guarded by the room's lock.
 */
public final class UserReplica {
    /**
     * One participant's user data.
     *
     * @param version counted by its owner; 0 when it has never set any
     * @param bytes the encoded value, empty when it has never set any
     */
    public record UserValue(long version, byte[] bytes) {
        /** Nothing set. */
        public static final UserValue NONE = new UserValue(0, new byte[0]);

        public boolean isPresent() {
            return bytes.length > 0;
        }
    }

    private final Map<Long, UserValue> values = new HashMap<>();

    /** What an owner shares. */
    public UserValue of(long owner) {
        return values.getOrDefault(owner, UserValue.NONE);
    }

    /**
     * Takes an owner's word.
     *
     * @return what was there before, or null if this is no news
     */
    public @Nullable UserValue apply(long owner, UserValue value) {
        UserValue old = of(owner);
        if (value.version() <= old.version()) {
            return null;
        }
        values.put(owner, value);
        return old;
    }

    /** The version of each owner's data. */
    public Map<Long, Long> versions() {
        Map<Long, Long> versions = new HashMap<>();
        values.forEach((owner, value) -> versions.put(owner, value.version()));
        return versions;
    }

    /** The owner is gone, and its data with it. */
    public void remove(long owner) {
        values.remove(owner);
    }
}
