package dev.parlor.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of {@link SessionChanges}, which tests look at one by one. */
public record SessionChange(String key, @Nullable VersionedValue before, @Nullable VersionedValue after, long author) {
    /** One by one. */
    public static List<SessionChange> listOf(SessionChanges changes) {
        List<SessionChange> list = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            list.add(new SessionChange(changes.key(i), changes.before(i), changes.after(i), changes.author(i)));
        }
        return list;
    }

    /** Those of a list, of which each key is in it once; who removed is who cleared all: the author of the first. */
    public static SessionChanges changesOf(List<SessionChange> list) {
        if (list.isEmpty()) {
            return SessionChanges.NONE;
        }
        SessionChanges changes = new SessionChanges(list.size(), new Stamp(1, list.get(0).author()));
        list.forEach(each -> changes.add(each.key(), each.before(), each.after()));
        return changes;
    }
}
