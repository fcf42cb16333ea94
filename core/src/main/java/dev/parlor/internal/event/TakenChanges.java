package dev.parlor.internal.event;

import dev.parlor.Change;
import dev.parlor.internal.session.SessionChange;
import java.util.List;

/**
 * Changes that are being told, each decoded when the first asks for it, and once. Used by one thread at a time, as
 * {@link Delivery} is.
 */
final class TakenChanges {
    private final List<SessionChange> changes;
    private final List<Change.Cause> causes;
    private final ChangeDecoder decoder;
    /** What has been decoded, or null as long as nothing is. */
    private Change[] decoded;
    private boolean[] tried;

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
    Change get(int index) {
        if (decoded == null) {
            decoded = new Change[changes.size()];
            tried = new boolean[changes.size()];
        }
        if (!tried[index]) {
            tried[index] = true;
            decoded[index] = decoder.decode(changes.get(index), causes.get(index));
        }
        return decoded[index];
    }
}
