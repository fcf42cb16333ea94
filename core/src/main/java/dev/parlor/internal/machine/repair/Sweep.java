package dev.parlor.internal.machine.repair;

import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A pass over the entries of some buckets, in steps that need no lock: what changes meanwhile is met as it was or as it is, and what
 * is new perhaps. By one thread at a time.
 */
final class Sweep {
    /** Entries of a step: about five milliseconds, for which the room's worker sends nothing. */
    static final int STEP = 10_000;

    private final boolean[] wanted;
    private final Iterator<Map.Entry<String, VersionedValue>> all;

    /**
     * Begins.
     *
     * @param wanted for each bucket, whether its entries are wanted
     */
    Sweep(SessionReplica session, boolean[] wanted) {
        this.wanted = wanted.clone();
        this.all = session.iterator();
    }

    /** Whether a pass over all takes so long that nobody should wait for it. Under the room's lock. */
    static boolean isLong(SessionReplica session) {
        return session.size() + session.tombstones() > STEP;
    }

    /** Whether none are left. */
    boolean isDone() {
        return !all.hasNext();
    }

    /** Those of the next step. */
    List<KeyedValue> next() {
        List<KeyedValue> found = new ArrayList<>();
        for (int i = 0; i < STEP && all.hasNext(); i++) {
            Map.Entry<String, VersionedValue> entry = all.next();
            if (wanted[Digest.bucketOf(entry.getKey())]) {
                found.add(new KeyedValue(entry.getKey(), entry.getValue()));
            }
        }
        return found;
    }
}
