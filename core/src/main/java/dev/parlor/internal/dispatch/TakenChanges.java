package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.dispatch.PendingChanges.Pending;
import dev.parlor.internal.session.SessionChanges;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are being told, each decoded when the first asks for it, and once. Used by one thread at a time, as
 * {@link Delivery} is.
 */
final class TakenChanges {
    private static final Pending[] NONE = {};

    private final SessionChanges changes;
    private final Change.Cause cause;
    /** In place of these, those of several writes. */
    private final Pending[] folded;
    private final ChangeDecoder decoder;
    /** What has been decoded, where more than one may ask for it; else null. */
    private @Nullable Change @Nullable [] decoded;
    private boolean[] tried = {};

    /** Those of one write. */
    TakenChanges(SessionChanges changes, Change.Cause cause, ChangeDecoder decoder) {
        this.changes = changes;
        this.cause = cause;
        this.folded = NONE;
        this.decoder = decoder;
    }

    /** Those of several writes. */
    TakenChanges(Pending[] folded, ChangeDecoder decoder) {
        this.changes = SessionChanges.NONE;
        this.cause = Change.Cause.LOCAL;
        this.folded = folded;
        this.decoder = decoder;
    }

    /** More than one may ask for each: what is decoded is kept. */
    void keep() {
        decoded = new @Nullable Change[size()];
        tried = new boolean[size()];
    }

    int size() {
        return folded.length > 0 ? folded.length : changes.size();
    }

    String key(int index) {
        return folded.length > 0 ? folded[index].key() : changes.key(index);
    }

    /** What listeners get; null if that was tried before and failed. Throws what the decoder throws. */
    @Nullable Change get(int index) {
        @Nullable Change[] all = decoded;
        if (all == null) {
            return decode(index);
        }
        if (!tried[index]) {
            tried[index] = true;
            all[index] = decode(index);
        }
        return all[index];
    }

    private Change decode(int index) {
        if (folded.length == 0) {
            return decoder.decode(changes.key(index), changes.before(index), changes.after(index), changes.author(index), cause);
        }
        Pending change = folded[index];
        return decoder.decode(change.key(), change.before(), change.after(), change.author(), change.cause());
    }
}
