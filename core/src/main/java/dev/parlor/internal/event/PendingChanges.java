package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.internal.session.SessionChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that wait for listeners, each key once. As long as they are those of one write they are kept as they came;
 * from the second write on by key: the old value of its first change, the new value of its last.
 */
final class PendingChanges {
    private record Pending(SessionChange change, Change.Cause cause) {}

    private final List<SessionChange> first;
    private final Change.Cause firstCause;
    private Map<String, Pending> byKey;

    /** The changes of one write, each key once. */
    PendingChanges(List<SessionChange> changes, Change.Cause cause) {
        first = changes;
        firstCause = cause;
    }

    /** Those of a further write. */
    void add(List<SessionChange> changes, Change.Cause cause) {
        if (byKey == null) {
            byKey = new LinkedHashMap<>();
            fold(first, firstCause);
        }
        fold(changes, cause);
    }

    private void fold(List<SessionChange> changes, Change.Cause cause) {
        for (SessionChange change : changes) {
            byKey.merge(change.key(), new Pending(change, cause), (before, last) -> new Pending(new SessionChange(
                    change.key(), before.change().before(), last.change().after(), last.change().author()), cause));
        }
    }

    /** What listeners get. A key that came and went again while it waited is left out. */
    List<Change> decode(Dispatcher.ChangeDecoder decoder) {
        if (byKey == null) {
            List<Change> decoded = new ArrayList<>(first.size());
            first.forEach(change -> decoded.add(decoder.decode(change, firstCause)));
            return decoded;
        }
        List<Change> decoded = new ArrayList<>(byKey.size());
        for (Pending pending : byKey.values()) {
            if (pending.change().before() != null || pending.change().after() != null) {
                decoded.add(decoder.decode(pending.change(), pending.cause()));
            }
        }
        return decoded;
    }
}
