package dev.parlor.internal.machine.compaction;

import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A compaction of one replica, in steps between which others read and write: a pass over a million entries takes some hundred
 * milliseconds. First what lives is stamped anew, key by key, each time a newer version of the same value; then the clear stamp is set;
 * then what it has killed, which is removed keys and nothing else, is taken out. So the state is an ordinary one of the lattice after
 * each step, and in the end what it would be if all had been done at once. Guarded by the room's lock, but for {@link #look}.
 */
public final class Compacting {
    private final SessionReplica replica;
    private final Stamp to;
    private final int step;
    private final Runnable clearing;
    private Iterator<Map.Entry<String, VersionedValue>> all;
    private boolean cleared;
    private boolean done;

    /**
     * Begins. Nothing that is older is taken from now on.
     *
     * @param time up to which removed keys are forgotten
     * @param step entries looked at in a step
     * @param clearing told just before the clear stamp is set
     */
    public Compacting(SessionReplica replica, long time, int step, Runnable clearing) {
        this.replica = replica;
        this.to = new Stamp(time, Stamp.LO);
        this.step = step;
        this.clearing = clearing;
        this.all = replica.iterator();
        replica.beginCompaction(to);
    }

    /** Whether it is so little that it need not be done in steps. */
    boolean isShort() {
        return replica.size() + replica.tombstones() <= step;
    }

    boolean isDone() {
        return done;
    }

    /** The keys that the next step changes. Needs no lock; by one thread at a time. */
    List<String> look() {
        return look(all, step, !cleared);
    }

    private List<String> look(Iterator<Map.Entry<String, VersionedValue>> from, int most, boolean live) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < most && from.hasNext(); i++) {
            Map.Entry<String, VersionedValue> entry = from.next();
            if (entry.getValue().isTombstone() != live && entry.getValue().isOlderThan(to)) {
                keys.add(entry.getKey());
            }
        }
        return keys;
    }

    /** A step. @param keys that were found for it */
    void apply(List<String> keys) {
        if (done) {
            return;
        }
        if (replica.clear().after(to)) {
            // Of what is older nothing is left, and another map may have taken the place of the one that is gone over.
            end();
            return;
        }
        replica.compact(keys, to);
        if (all.hasNext()) {
            return;
        }
        if (cleared) {
            end();
        } else {
            clear();
            all = replica.iterator();
        }
    }

    /** All that is left, at once. */
    public void finish() {
        if (done) {
            return;
        }
        // Not with the iterator with which another thread may be looking.
        if (!cleared) {
            replica.compact(look(replica.iterator(), Integer.MAX_VALUE, true), to);
            clear();
        }
        replica.compact(look(replica.iterator(), Integer.MAX_VALUE, false), to);
        end();
    }

    private void clear() {
        clearing.run();
        replica.clearedBy(to);
        cleared = true;
    }

    private void end() {
        done = true;
        // Which holds the map, also when a clear has put another in its place.
        all = Collections.emptyIterator();
        replica.endCompaction();
    }
}
