package dev.parlor.internal.machine.merge;

import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame.Conflict;
import dev.parlor.internal.wire.Frame.Conflicts;
import dev.parlor.internal.wire.Frame.ConflictsHeard;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reports of merges on their way to everybody, and drafts of them on their way to the coordinator: right after a merge some do not yet
 * see all others, so whoever reports says it again until each has confirmed, and each takes it once. Guarded by the room's lock.
 */
final class Reports {
    private static final long SAY_AGAIN_NANOS = 300_000_000L;
    /** Who has not confirmed by then is gone, or stopped for so long that it will be met again by another merge. */
    private static final long GIVE_UP_NANOS = 10_000_000_000L;

    /** Numbers remembered of one reporter: more than it can have open at once. */
    private static final int MAX_TAKEN = 100;

    private static final class Report {
        private final Conflicts frame;
        private final Set<Long> missing;
        private final long begunNanos;
        private long saidNanos;

        Report(Conflicts frame, Set<Long> missing, long nowNanos) {
            this.frame = frame;
            this.missing = missing;
            this.begunNanos = nowNanos;
            this.saidNanos = nowNanos;
        }
    }

    private final RoomState state;
    private final Outbox outbox;
    private final Now now;
    private final Map<Long, Report> open = new HashMap<>();
    /** By reporter, the numbers of its reports that were taken. */
    private final Bounded<SortedSet<Long>> taken = new Bounded<>();
    private long lastNumber;

    Reports(RoomState state, Outbox outbox, Now now) {
        this.state = state;
        this.outbox = outbox;
        this.now = now;
    }

    /** Tells everybody present. */
    void tell(List<Conflict> conflicts, int omitted) {
        Conflicts frame = new Conflicts(false, ++lastNumber, conflicts, omitted);
        Set<Long> others = new HashSet<>();
        state.inJoiningOrder().forEach(each -> others.add(each.id()));
        // Whoever is met again only now is not known to be present yet.
        others.addAll(state.counted());
        others.remove(state.self());
        open.put(frame.number(), new Report(frame, others, now.nanos()));
        outbox.control(null, () -> frame);
    }

    /**
     * Hands something to the coordinator that it is to tell.
     *
     * @return the number by which that confirms it
     */
    long hand(long coordinator, List<Conflict> conflicts, int omitted) {
        Conflicts frame = new Conflicts(true, ++lastNumber, conflicts, omitted);
        open.put(frame.number(), new Report(frame, new HashSet<>(Set.of(coordinator)), now.nanos()));
        outbox.control(coordinator, () -> frame);
        return frame.number();
    }

    /** Whether somebody has still to confirm a report. */
    boolean isOpen(long number) {
        Report report = open.get(number);
        return report != null && !report.missing.isEmpty();
    }

    /** A report has come, or what this one is to tell; false if it came before. */
    boolean take(long from, Conflicts report) {
        outbox.control(from, () -> new ConflictsHeard(report.number()));
        SortedSet<Long> numbers = taken.computeIfAbsent(from, reporter -> new TreeSet<>());
        boolean news = numbers.add(report.number());
        if (numbers.size() > MAX_TAKEN) {
            numbers.remove(numbers.first());
        }
        return news;
    }

    void onHeard(long from, ConflictsHeard heard) {
        Report report = open.get(heard.number());
        if (report != null) {
            report.missing.remove(from);
        }
    }

    void tick(long nowNanos) {
        open.values().removeIf(each -> nowNanos - each.begunNanos > GIVE_UP_NANOS);
        for (Report each : open.values()) {
            each.missing.retainAll(state.counted());
            if (nowNanos - each.saidNanos > SAY_AGAIN_NANOS) {
                each.saidNanos = nowNanos;
                each.missing.forEach(member -> outbox.control(member, () -> each.frame));
            }
        }
        open.values().removeIf(each -> each.missing.isEmpty());
    }
}
