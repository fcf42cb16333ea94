package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.internal.session.SessionChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes that wait for listeners, each key once: the old value of its first change, the new value of its last. */
final class PendingChanges {
    private record Pending(SessionChange change, Change.Cause cause) {}

    private final Map<String, Pending> byKey = new LinkedHashMap<>();

    PendingChanges(List<SessionChange> changes, Change.Cause cause) {
        add(changes, cause);
    }

    void add(List<SessionChange> changes, Change.Cause cause) {
        for (SessionChange change : changes) {
            byKey.merge(change.key(), new Pending(change, cause), (first, last) -> new Pending(new SessionChange(
                    change.key(), first.change().before(), last.change().after(), last.change().stamp()), cause));
        }
    }

    /** What listeners get. A key that came and went again while it waited is left out. */
    List<Change> decode(Dispatcher.ChangeDecoder decoder) {
        List<Change> decoded = new ArrayList<>(byKey.size());
        for (Pending pending : byKey.values()) {
            if (pending.change().before() != null || pending.change().after() != null) {
                decoded.add(decoder.decode(pending.change(), pending.cause()));
            }
        }
        return decoded;
    }
}
