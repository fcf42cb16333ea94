package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.session.SessionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are being told, each decoded when the first asks for it, and once. Used by one thread at a time, as
 * {@link Delivery} is.
 */
final class TakenChanges {
    private static final boolean[] NONE = {};

    private final List<SessionChange> changes;
    private final List<Change.Cause> causes;
    private final ChangeDecoder decoder;
    /** What has been decoded, or null as long as nothing is. */
    private @Nullable Change @Nullable [] decoded;
    private boolean[] tried = NONE;

    TakenChanges(List<SessionChange> changes, List<Change.Cause> causes, ChangeDecoder decoder) {
        this.changes = changes;
        this.causes = causes;
        this.decoder = decoder;
    }

    int size() {
        return changes.size();
    }

    String key(int index) {
        return changes.get(index).key();
    }

    /** What listeners get; null if that was tried before and failed. Throws what the decoder throws. */
    @Nullable Change get(int index) {
        @Nullable Change[] all = decoded;
        if (all == null) {
            all = new @Nullable Change[changes.size()];
            tried = new boolean[changes.size()];
            decoded = all;
        }
        if (!tried[index]) {
            tried[index] = true;
            all[index] = decoder.decode(changes.get(index), causes.get(index));
        }
        return all[index];
    }
}
