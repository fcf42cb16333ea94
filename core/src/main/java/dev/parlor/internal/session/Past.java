package dev.parlor.internal.session;

import dev.parlor.internal.moment.Moment;
import dev.parlor.internal.moment.Moments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this replica held before: the versions that were replaced here last, the keys that a clear has killed while somebody is
 * missing who may not know of it, and while the parts of a room are compared, what each key held when they met. Guarded by the
 * room's lock.
 *
 * <p>Versions are known by their hashes: what another replica still holds and is among them was known here, so the other has
 * not changed it. A version has the same hash whatever compactions have made of its stamp. Bounded: the oldest are forgotten.
 */
public final class Past {
    /** Versions remembered: 512 KiB at most, and only in rooms that replace so many. */
    static final int MAX = 65_536;
    private static final int FIRST = 256;

    private long[] hashes = new long[FIRST];
    private int next;
    private boolean full;
    /** Keys that a clear has killed, by their hashes, while somebody is missing who may not know of it. */
    private final Set<Long> killed = new HashSet<>();
    private boolean missesSomebody;
    /** Other parts of the room have been met, and are being compared with this one; else null. */
    private @Nullable Parting parting;
    /** What is being read for others: as many as join at once. */
    private final Moments<VersionedValue> moments = new Moments<>();

    Past() {}

    /**
     * From now on it is remembered what keys hold now, until {@link #forget}.
     *
     * @param wanted for each bucket, whether its keys are
     */
    public Moment<VersionedValue> remember(boolean[] wanted) {
        Moment<VersionedValue> moment = new Moment<>(wanted);
        moments.begin(moment);
        return moment;
    }

    /** What is remembered of a moment by now is all. */
    public void forget(Moment<VersionedValue> moment) {
        moments.end(moment);
    }

    /**
     * From now on it is remembered what keys held before, until the parts have been compared.
     *
     * @param clear the clear stamp
     * @param time what is written here from now on gets a later one
     * @param entries what the keys hold
     * @param side the participants of this part of the room
     */
    Parting meets(Stamp clear, long time, Map<String, VersionedValue> entries, Set<Long> side) {
        Parting begun = new Parting(clear, newest(MAX), time, entries, killed, side);
        parting = begun;
        return begun;
    }

    /** The parts of the room have been compared. */
    public void hasMet() {
        parting = null;
    }

    /**
     * Whether somebody is missing who may not know what is cleared here. Who is back brings what it wrote meanwhile only in the
     * course of the comparison, so until that ends nothing is forgotten.
     */
    public void missesSomebody(boolean now) {
        missesSomebody = now;
        if (!now && parting == null) {
            killed.clear();
        }
    }

    /** Hashes of the versions that were replaced here last, for a replica that begins with this state. */
    public long[] replacedLately(int most) {
        return newest(most);
    }

    /** The state that this replica began with had replaced these. */
    public void learnReplaced(long[] hashes) {
        for (long hash : hashes) {
            add(hash);
        }
    }

    /** A clear stamp is replaced by another. */
    void cleared(Stamp by) {
        if (by.author() != Stamp.LO) {
            add(Parting.hashOf(by));
        }
    }

    /**
     * A key holds something else.
     *
     * @param clear the clear stamp by now
     * @param old what it held, or null
     * @param hash of that and the key, if it held something
     * @param now what it holds, or null
     */
    void changed(String key, long keyHash, Stamp clear, @Nullable VersionedValue old, long hash, @Nullable VersionedValue now) {
        if (old != null) {
            add(old.by().isCompacted() ? Digest.hashOf(keyHash, old.asWritten()) : hash);
            if (now == null && missesSomebody && clear.author() != Stamp.LO && killed.size() < MAX) {
                killed.add(keyHash);
            }
        }
        if (!moments.isEmpty()) {
            moments.changed(key, Digest.bucketOf(keyHash), old);
        }
        if (parting != null) {
            VersionedValue removal = clear.author() == Stamp.LO ? null : VersionedValue.tombstone(clear);
            parting.changed(key, keyHash, old, now != null ? now : removal);
        }
    }

    /**
     * A clear has killed what was held, but for what is left. If nothing is being compared or read, no more of it is looked at than is
     * remembered.
     *
     * @param clear the clear stamp by now
     */
    void wiped(Map<String, VersionedValue> before, Map<String, VersionedValue> left, Stamp clear) {
        int most = parting != null || !moments.isEmpty() ? Integer.MAX_VALUE : MAX;
        Iterator<Map.Entry<String, VersionedValue>> all = before.entrySet().iterator();
        for (int i = 0; i < most && all.hasNext();) {
            Map.Entry<String, VersionedValue> entry = all.next();
            if (!left.containsKey(entry.getKey())) {
                i++;
                long keyHash = Digest.hashOf(entry.getKey(), entry.getKey().getBytes(StandardCharsets.UTF_8));
                changed(entry.getKey(), keyHash, clear, entry.getValue(), Digest.hashOf(keyHash, entry.getValue()), null);
            }
        }
    }

    private void add(long hash) {
        if (next == hashes.length) {
            if (hashes.length < MAX) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            } else {
                full = true;
                next = 0;
            }
        }
        hashes[next++] = hash;
    }

    /** A copy of the newest, sorted. */
    private long[] newest(int most) {
        int count = Math.min(most, full ? hashes.length : next);
        long[] some = new long[count];
        for (int i = 0; i < count; i++) {
            some[i] = hashes[Math.floorMod(next - 1 - i, hashes.length)];
        }
        Arrays.sort(some);
        return some;
    }
}
