package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.VersionedValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for listeners, each key once. As long as they are those of one write they are kept as they came;
 * from the second write on by key: the old value of its first change, the new value of its last. A key that is back at its
 * old value is no longer kept.
 */
final class PendingChanges {
    /** A change of one of several writes. */
    record Pending(String key, @Nullable VersionedValue before, @Nullable VersionedValue after, long author, Change.Cause cause) {}

    private final Change.Cause firstCause;
    private SessionChanges first;
    /** From the second write on; else null. */
    private @Nullable Map<String, Pending> byKey;
    private long bytes;

    /** The changes of one write, each key once. */
    PendingChanges(SessionChanges changes, Change.Cause cause) {
        first = changes;
        firstCause = cause;
        long sum = 0;
        for (int i = 0; i < changes.size(); i++) {
            sum += bytesOf(changes.before(i), changes.after(i));
        }
        bytes = sum;
    }

    /**
     * Those of a further write.
     *
     * @param takenBack is told of each key that is not kept any more
     */
    void add(SessionChanges changes, Change.Cause cause, Consumer<String> takenBack) {
        Map<String, Pending> folded = byKey;
        if (folded == null) {
            folded = new LinkedHashMap<>();
            byKey = folded;
            bytes = 0;
            fold(folded, first, firstCause, takenBack);
            first = SessionChanges.NONE;
        }
        fold(folded, changes, cause, takenBack);
    }

    /** What this keeps in memory at most: the encoded old and new values, and something for each change. */
    long bytes() {
        return bytes;
    }

    private void fold(Map<String, Pending> folded, SessionChanges changes, Change.Cause cause, Consumer<String> takenBack) {
        for (int i = 0; i < changes.size(); i++) {
            fold(folded, new Pending(changes.key(i), changes.before(i), changes.after(i), changes.author(i), cause), takenBack);
        }
    }

    private void fold(Map<String, Pending> folded, Pending change, Consumer<String> takenBack) {
        Pending waiting = folded.put(change.key(), change);
        bytes += bytesOf(change.before(), change.after());
        if (waiting != null) {
            bytes -= bytesOf(waiting.before(), waiting.after());
            foldBoth(folded, waiting, change, takenBack);
        }
    }

    /** The old value of the one, and the new value of the other, which is in the other's place by now. */
    private void foldBoth(Map<String, Pending> folded, Pending waiting, Pending change, Consumer<String> takenBack) {
        bytes -= bytesOf(change.before(), change.after());
        if (VersionedValue.sameForReaders(waiting.before(), change.after())) {
            folded.remove(change.key());
            takenBack.accept(change.key());
        } else {
            folded.put(change.key(), new Pending(change.key(), waiting.before(), change.after(), change.author(), change.cause()));
            bytes += bytesOf(waiting.before(), change.after());
        }
    }

    private static long bytesOf(@Nullable VersionedValue before, @Nullable VersionedValue after) {
        return Budget.CHANGE_OVERHEAD_BYTES + lengthOf(before) + lengthOf(after);
    }

    private static long lengthOf(@Nullable VersionedValue value) {
        return value == null ? 0 : value.bytes().length;
    }

    /** What is told, when nothing is added any more; nothing if all keys are back at their old values. */
    TakenChanges take(ChangeDecoder decoder) {
        return byKey == null ? new TakenChanges(first, firstCause, decoder)
                : new TakenChanges(byKey.values().toArray(Pending[]::new), decoder);
    }
}
