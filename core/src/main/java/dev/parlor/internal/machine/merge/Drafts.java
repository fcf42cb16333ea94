package dev.parlor.internal.machine.merge;

import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.Conflict;
import dev.parlor.internal.wire.Frame.Conflicts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the parts of a room have lost, on its way from their representatives to the coordinator, which tells it to everybody: what this
 * one has handed to the coordinator, until that has told it, and what has come here to be told. Guarded by the room's lock.
 */
final class Drafts {
    /** Bytes of values that one report carries. */
    private static final long MAX_BYTES = 1024 * 1024;
    /**
     * What was handed over and is not told by then never will be: the coordinator waits 8 s for the others. Longer, so that the last
     * draft of all is still remembered if the coordinator dies just then.
     */
    private static final long REMEMBERED_NANOS = 12_000_000_000L;

    /** What one part has lost. */
    record Lost(List<Conflict> conflicts, int omitted) {
        static final Lost NOTHING = new Lost(List.of(), 0);

        static Lost of(Conflicts heard) {
            return new Lost(heard.conflicts(), heard.omitted());
        }

        boolean isNothing() {
            return conflicts.isEmpty() && omitted == 0;
        }

        Lost and(Lost other) {
            List<Conflict> both = new ArrayList<>(conflicts);
            both.addAll(other.conflicts);
            return bounded(both, omitted + other.omitted);
        }
    }

    /** What a coordinator was handed, as a report of this number. */
    private record Handed(long coordinator, long number, Lost lost, long nanos) {}

    /** A write that was lost. */
    private record LostWrite(String key, VersionedValue here) {}

    private final RoomState state;
    private final Now now;
    private final Reports reports;
    /** What each part lost, for which this participant tells it. */
    private final Map<Long, Lost> here = new LinkedHashMap<>();
    private final List<Handed> handed = new ArrayList<>();

    Drafts(RoomState state, Reports reports, Now now) {
        this.state = state;
        this.now = now;
        this.reports = reports;
    }

    /** The first of these that a report has room for. */
    static Lost bounded(List<Conflict> conflicts, int omittedBefore) {
        List<Conflict> some = new ArrayList<>();
        long bytes = 0;
        for (Conflict conflict : conflicts) {
            bytes += conflict.here().bytes().length + (long) conflict.there().bytes().length;
            if (some.size() == Merges.MAX_CONFLICTS || bytes > MAX_BYTES) {
                break;
            }
            some.add(conflict);
        }
        return new Lost(some, omittedBefore + conflicts.size() - some.size());
    }

    // ---- what this participant has handed over

    void hand(Lost lost) {
        long coordinator = state.counted().get(0);
        handed.add(new Handed(coordinator, reports.hand(coordinator, lost.conflicts(), lost.omitted()), lost, now.nanos()));
    }

    /** Whether something was handed over and is not told. */
    boolean isHanded() {
        return !handed.isEmpty();
    }

    /** Somebody has told a report; what it has confirmed to have is in that, or is nothing. */
    void told(long coordinator) {
        handed.removeIf(each -> each.coordinator() == coordinator && !reports.isOpen(each.number()));
    }

    /** Members have changed; takes back what was handed to one that is gone and has not told it. */
    List<Lost> takeBack() {
        List<Handed> back = handed.stream().filter(each -> !state.counted().contains(each.coordinator())).toList();
        handed.removeAll(back);
        return back.stream().map(Handed::lost).filter(lost -> !lost.isNothing()).toList();
    }

    void tick(long nowNanos) {
        handed.removeIf(each -> nowNanos - each.nanos() > REMEMBERED_NANOS);
    }

    // ---- what has come here

    /** What a part has lost; it may have lost more, of a merge before. */
    void put(long from, Lost lost) {
        here.merge(from, lost, Lost::and);
    }

    boolean isEmpty() {
        return here.isEmpty();
    }

    boolean areFrom(Set<Long> representatives) {
        return here.keySet().containsAll(representatives);
    }

    /** One report for each pair of parts that have met; all that was lost is in one of them, once. */
    List<Lost> takeReports() {
        Set<LostWrite> seen = new HashSet<>();
        here.replaceAll((from, lost) -> new Lost(lost.conflicts().stream()
                .filter(each -> seen.add(new LostWrite(each.key(), each.here()))).toList(), lost.omitted()));
        Lost ours = here.getOrDefault(state.self(), Lost.NOTHING);
        here.remove(state.self());
        List<Lost> all = new ArrayList<>(here.isEmpty() ? List.of(Lost.NOTHING) : here.values());
        here.clear();
        all.set(0, all.get(0).and(ours));
        return all;
    }
}
