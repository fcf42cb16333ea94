package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for listeners. As long as they are those of one write, or a run of writes of single keys that are told one by one,
 * they are kept as they came; from then on by key: the old value of its first change, the new value of its last. A key that is back at
 * its old value is no longer kept.
 */
final class PendingChanges {
    /** So many are told in one turn, as of items. */
    static final int LONGEST_RUN = 256;

    /** A change of one of several writes. */
    record Pending(String key, @Nullable VersionedValue before, @Nullable VersionedValue after, long author, Change.Cause cause) {}

    private final Change.Cause firstCause;
    private SessionChanges first;
    private final boolean run;
    /** From the second write on; else null. */
    private @Nullable Map<String, Pending> byKey;
    private long bytes;

    /** The changes of one write, each key once. */
    PendingChanges(SessionChanges changes, Change.Cause cause) {
        this(changes, cause, false);
        long sum = 0;
        for (int i = 0; i < changes.size(); i++) {
            sum += bytesOf(changes.before(i), changes.after(i));
        }
        bytes = sum;
    }

    private PendingChanges(SessionChanges changes, Change.Cause cause, boolean run) {
        this.first = changes;
        this.firstCause = cause;
        this.run = run;
    }

    /** A run that is filled by {@link #append}. */
    static PendingChanges run(Change.Cause cause) {
        return new PendingChanges(SessionChanges.run(), cause, true);
    }

    /** Whether one more change of a key by itself may be told after those that are here. */
    boolean takes(Change.Cause cause) {
        return run && byKey == null && cause == firstCause && first.size() < LONGEST_RUN;
    }

    /** One more of a run. */
    void append(String key, @Nullable VersionedValue before, VersionedValue now) {
        first.append(key, before, now);
        bytes += bytesOf(before, now);
    }

    /** How many writes these are, where each is told by itself; else one. */
    int writes() {
        return run && byKey == null ? first.size() : 1;
    }

    /** The writes of a run, each by itself. */
    List<PendingChanges> apart() {
        List<PendingChanges> writes = new ArrayList<>(first.size());
        for (int i = 0; i < first.size(); i++) {
            writes.add(new PendingChanges(first.only(i), firstCause));
        }
        return writes;
    }

    /** One more write of a single key, kept by key with the others. */
    void add(String key, @Nullable VersionedValue before, VersionedValue now, Change.Cause cause, Consumer<String> takenBack) {
        fold(byKey(takenBack), new Pending(key, VersionedValue.liveOrNull(before), VersionedValue.liveOrNull(now), now.by().author(), cause), takenBack);
    }

    /**
     * Those of a further write.
     *
     * @param takenBack is told of each key that is not kept any more
     */
    void add(SessionChanges changes, Change.Cause cause, Consumer<String> takenBack) {
        fold(byKey(takenBack), changes, cause, takenBack);
    }

    private Map<String, Pending> byKey(Consumer<String> takenBack) {
        Map<String, Pending> folded = byKey;
        if (folded == null) {
            folded = new LinkedHashMap<>();
            byKey = folded;
            bytes = 0;
            fold(folded, first, firstCause, takenBack);
            first = SessionChanges.NONE;
        }
        return folded;
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

    /** What a change keeps in memory while it waits. */
    static long bytesOf(@Nullable VersionedValue before, @Nullable VersionedValue after) {
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
