package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for listeners, each key once. As long as they are those of one write they are kept as they came;
 * from the second write on by key: the old value of its first change, the new value of its last. A key that is back at its
 * old value is no longer kept.
 */
final class PendingChanges {
    private record Pending(SessionChange change, Change.Cause cause) {}

    private final Change.Cause firstCause;
    private List<SessionChange> first;
    /** From the second write on; else null. */
    private @Nullable Map<String, Pending> byKey;
    private long bytes;

    /** The changes of one write, each key once. */
    PendingChanges(List<SessionChange> changes, Change.Cause cause) {
        first = changes;
        firstCause = cause;
        for (SessionChange change : changes) {
            bytes += bytesOf(change);
        }
    }

    /**
     * Those of a further write.
     *
     * @param takenBack is told of each key that is not kept any more
     */
    void add(List<SessionChange> changes, Change.Cause cause, Consumer<String> takenBack) {
        Map<String, Pending> folded = byKey;
        if (folded == null) {
            folded = new LinkedHashMap<>();
            byKey = folded;
            bytes = 0;
            fold(folded, first, firstCause, takenBack);
            first = List.of();
        }
        fold(folded, changes, cause, takenBack);
    }

    /** What this keeps in memory at most: the encoded old and new values, and something for each change. */
    long bytes() {
        return bytes;
    }

    private void fold(Map<String, Pending> folded, List<SessionChange> changes, Change.Cause cause, Consumer<String> takenBack) {
        for (SessionChange change : changes) {
            folded.compute(change.key(), (key, before) -> {
                if (before == null) {
                    bytes += bytesOf(change);
                    return new Pending(change, cause);
                }
                bytes -= bytesOf(before.change());
                SessionChange both = new SessionChange(key, before.change().before(), change.after(), change.author());
                if (VersionedValue.sameForReaders(both.before(), both.after())) {
                    takenBack.accept(key);
                    return null;
                }
                bytes += bytesOf(both);
                return new Pending(both, cause);
            });
        }
    }

    private static long bytesOf(SessionChange change) {
        return Budget.CHANGE_OVERHEAD_BYTES + lengthOf(change.before()) + lengthOf(change.after());
    }

    private static long lengthOf(@Nullable VersionedValue value) {
        return value == null ? 0 : value.bytes().length;
    }

    /** What is told, when nothing is added any more; nothing if all keys are back at their old values. */
    TakenChanges take(ChangeDecoder decoder) {
        if (byKey == null) {
            return new TakenChanges(first, Collections.nCopies(first.size(), firstCause), decoder);
        }
        List<SessionChange> changes = new ArrayList<>(byKey.size());
        List<Change.Cause> causes = new ArrayList<>(byKey.size());
        for (Pending pending : byKey.values()) {
            changes.add(pending.change());
            causes.add(pending.cause());
        }
        return new TakenChanges(changes, causes, decoder);
    }
}
