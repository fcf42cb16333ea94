package dev.parlor.internal.room;

import dev.parlor.MergeReport;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Conflict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Finds out what both sides of a healed partition had changed. The representative of one side, which has the other's
 * entries before its eyes, leaves out those that it knew and replaced (then only its own side changed them), and sends the
 * rest to the other, which does the same and tells everybody. Guarded by the room's lock.
 */
final class Merges {
    /** Keys that one report names: as many as a person or program looks at. */
    static final int MAX_CONFLICTS = 1_000;
    /** Bytes of values that one report carries. */
    private static final long MAX_BYTES = 1024 * 1024;

    /**
     * Until all sides have been compared, but no longer, nobody mends by itself what it lacks of another side. Shorter than
     * messages wait for what is missing before them.
     */
    private static final long COMPARING_NANOS = 3_000_000_000L;
    /** What the comparison found missing goes to all just after it; then an announcement tells who still lacks something. */
    private static final long PASSED_ON_NANOS = 600_000_000L;

    private final RoomCore core;
    private final RoomState state;
    private final Reports reports;
    /** Sides whose report is still to come. */
    private int sides;
    /** The first member of each side. */
    private List<Long> representatives = List.of();
    private long mergedNanos;
    private long comparedNanos;

    Merges(RoomCore core, RoomState state) {
        this.core = core;
        this.state = state;
        this.reports = new Reports(core, state);
    }

    Reports reports() {
        return reports;
    }

    /** Members have changed; sides of the room have met if they have several representatives. */
    void onView(List<Long> sidesMet) {
        if (sidesMet.size() > 1) {
            representatives = sidesMet;
            sides = sidesMet.size() - 1;
            mergedNanos = core.environment().nanos().getAsLong();
        } else if (!state.members().containsAll(representatives)) {
            // Who was to compare is gone, so everybody sees to itself.
            sides = 0;
        }
    }

    /**
     * Whether the sides of a merge are still to be compared. Whoever mended meanwhile what it lacks of another side would
     * hide what its own had changed; and if all did so at once, each would ask one side for all that it has.
     */
    boolean isComparing() {
        long now = core.environment().nanos().getAsLong();
        return sides > 0 ? now - mergedNanos < COMPARING_NANOS
                : comparedNanos != 0 && now - comparedNanos < PASSED_ON_NANOS;
    }

    /**
     * The speaker says whether sides are still being compared. Who gets the view of a merge late may have heard the report
     * before it, and would wait for it in vain.
     */
    void onAnnounce(boolean comparing) {
        if (!comparing && !representatives.contains(state.self())) {
            sides = 0;
        }
    }

    /** Compares what the other side holds with what this one does, before they are merged. */
    void compare(long peer, List<KeyedValue> theirs, Stamp theirClear, int[] differing) {
        BiPredicate<String, VersionedValue> knownHere = state.session().replacedHere();
        Stamp clear = state.session().clear();
        Map<String, VersionedValue> unseen = new HashMap<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (KeyedValue entry : theirs) {
            String key = entry.key();
            VersionedValue there = entry.value();
            unseen.put(key, there);
            VersionedValue here = state.session().entry(key);
            if (here == null && clear.author() != Stamp.LO && clear.after(theirClear) && clear.after(there.stamp())) {
                here = VersionedValue.tombstone(clear);
            }
            if (here != null && !here.equals(there) && !knownHere.test(key, there)) {
                conflicts.add(new Conflict(key, here, there));
            }
        }
        // The clear of a compaction is nobody's wish; what it removes was removed before.
        if (theirClear.author() != Stamp.LO && theirClear.after(clear)) {
            clearedThere(theirClear, differing, unseen, conflicts);
        }
        Frame.Conflicts draft = bounded(conflicts, 0);
        core.outbox().control(peer, () -> draft);
    }

    private void clearedThere(Stamp theirClear, int[] differing, Map<String, VersionedValue> theirs,
            List<Conflict> conflicts) {
        boolean[] buckets = new boolean[Digest.BUCKETS];
        for (int bucket : differing) {
            buckets[bucket] = true;
        }
        Iterator<Map.Entry<String, VersionedValue>> all = state.session().iterator();
        while (all.hasNext()) {
            Map.Entry<String, VersionedValue> entry = all.next();
            if (buckets[Digest.bucketOf(entry.getKey())] && !theirs.containsKey(entry.getKey())
                    && theirClear.after(entry.getValue().stamp())) {
                conflicts.add(new Conflict(entry.getKey(), entry.getValue(), VersionedValue.tombstone(theirClear)));
            }
        }
    }

    /** A report has come, or the draft of one. */
    void onConflicts(long from, Frame.Conflicts heard) {
        if (heard.number() > 0) {
            if (reports.take(from, heard)) {
                tell(heard.conflicts(), heard.omitted());
            }
            return;
        }
        BiPredicate<String, VersionedValue> knownHere = state.session().replacedHere();
        List<Conflict> both = heard.conflicts().stream()
                .filter(conflict -> !knownHere.test(conflict.key(), conflict.here())).toList();
        Frame.Conflicts report = bounded(both, heard.omitted());
        reports.tell(report.conflicts(), report.omitted());
        tell(report.conflicts(), report.omitted());
    }

    private static Frame.Conflicts bounded(List<Conflict> conflicts, int omittedBefore) {
        List<Conflict> some = new ArrayList<>();
        long bytes = 0;
        for (Conflict conflict : conflicts) {
            bytes += conflict.here().bytes().length + (long) conflict.there().bytes().length;
            if (some.size() == MAX_CONFLICTS || bytes > MAX_BYTES) {
                break;
            }
            some.add(conflict);
        }
        return new Frame.Conflicts(0, some, omittedBefore + conflicts.size() - some.size());
    }

    private void tell(List<Conflict> conflicts, int omitted) {
        if (--sides == 0) {
            comparedNanos = core.environment().nanos().getAsLong();
        }
        core.dispatcher().submit(() -> new MergeReport(conflicts.stream().map(this::decode).toList(), omitted));
    }

    /** On the event thread, without the lock. */
    private MergeReport.Conflict decode(Conflict conflict) {
        boolean keptHere = conflict.here().stamp().after(conflict.there().stamp());
        return new MergeReport.Conflict(conflict.key(),
                version(conflict.key(), keptHere ? conflict.here() : conflict.there()),
                version(conflict.key(), keptHere ? conflict.there() : conflict.here()));
    }

    private MergeReport.Version version(String key, VersionedValue of) {
        Optional<Object> value = core.values().of(key, of);
        return new MergeReport.Version(value, core.values().author(of.by().author()),
                Instant.ofEpochMilli(of.stamp().written().millis()));
    }
}
