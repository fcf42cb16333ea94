package dev.parlor.sim;

import dev.parlor.ParticipantId;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.sim.History.Said;
import dev.parlor.sim.History.Write;
import dev.parlor.sim.History.Wrong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What must hold when all faults have ended and time has passed. */
final class FinalChecks {
    /** A roster is so much later than a view. */
    private static final long JUST_NOW_NANOS = 1_000 * Scheduler.MILLI;
    /** Longer than a message can be on its way, though its receiver stand still. */
    private static final long ON_ITS_WAY_NANOS = 20_000 * Scheduler.MILLI;

    private final World world;
    private final History history;
    private final SimNetwork network;

    FinalChecks(World world, SimNetwork network) {
        this.world = world;
        this.history = world.history;
        this.network = network;
    }

    void check() {
        List<Participant> left = world.survivors();
        if (left.isEmpty()) {
            return;
        }
        for (Participant each : left) {
            if (!each.joined) {
                found(Wrong.VIOLATION, each + " never joined");
                return;
            }
        }
        Participant first = left.get(0);
        for (Participant each : left) {
            if (!content(each).equals(content(first)) || !each.peer.clear().equals(first.peer.clear())) {
                found(Wrong.DIVERGED, each + " holds " + content(each) + " clear " + each.peer.clear() + ", " + first
                        + " holds " + content(first) + " clear " + first.peer.clear());
            }
        }
        for (Participant each : left) {
            nothingLost(each, first);
            each.witness.atTheEnd();
            each.living.atTheEnd(first);
            each.undoing.atTheEnd(first);
            each.witness.memory.atTheEnd();
            world.newer.atTheEnd(each);
            roster(each, left);
            bounds(each);
            messages(each, left);
            if (each.asked.stream().anyMatch(asked -> !asked.isDone())) {
                found(Wrong.VIOLATION, "a request of " + each + " never ended");
            }
        }
        genuine(first);
    }

    private void found(Wrong what, String text) {
        history.found(what, world.scheduler, text);
    }

    private Map<String, VersionedValue> content(Participant of) {
        Map<String, VersionedValue> content = new HashMap<>();
        for (String key : world.keys) {
            if (of.peer.entry(key) != null) {
                content.put(key, of.peer.entry(key));
            }
        }
        return content;
    }

    /** What a survivor has ever held is there, or something newer. */
    private void nothingLost(Participant one, Participant first) {
        one.witness.newest.forEach((key, seen) -> {
            VersionedValue last = first.peer.entry(key);
            if (last == null ? !history.mayBeGone(key, seen, first.peer.clear()) : seen.stamp().after(last.stamp())) {
                found(seen.isTombstone() ? Wrong.RESURRECTED : Wrong.LOST, one + " held " + key + "=" + seen
                        + ", in the end there is " + last);
            }
        });
        if (one.witness.newestClear.after(first.peer.clear())) {
            found(Wrong.RESURRECTED, one + " held a clear of " + one.witness.newestClear + ", in the end there is "
                    + first.peer.clear());
        }
    }

    /** What there is was written so by somebody. */
    private void genuine(Participant first) {
        content(first).forEach((key, last) -> {
            Write write = history.writes.get(last.stamp().written());
            Object value = last.isTombstone() ? null : SimPeer.decoded(last.bytes());
            boolean wrote = write != null && (write.values().containsKey(key) || write.clears() && write.ahead().containsKey(key));
            if (!wrote || !Objects.equals(write.values().get(key), value)) {
                found(Wrong.VIOLATION, key + "=" + value + " of " + last.stamp() + " was never written, but " + write);
            }
        });
        Stamp clear = first.peer.clear();
        if (!clear.equals(Stamp.ZERO) && clear.author() != Stamp.LO && !history.writes.containsKey(clear)) {
            found(Wrong.VIOLATION, "the clear " + clear + " was never written");
        }
    }

    private void roster(Participant one, List<Participant> left) {
        List<Long> seen = new ArrayList<>(one.peer.room().participants().stream().map(each -> each.id().value()).toList());
        List<Long> there = new ArrayList<>(left.stream().map(each -> each.id).toList());
        seen.sort(null);
        there.sort(null);
        if (!seen.equals(there)) {
            found(Wrong.VIOLATION, one + " sees " + seen + ", there are " + there);
        }
        for (Participant other : left) {
            Object data = one.peer.room().participant(new ParticipantId(other.id)).flatMap(each -> each.userData())
                    .orElse(null);
            if (!Participant.userData(other.id, other.userCount).equals(data)) {
                found(Wrong.VIOLATION, one + " has the user data " + data + " of " + other + ", which set "
                        + other.userCount);
            }
        }
        Map<Long, String> told = new TreeMap<>(one.witness.roster);
        Map<Long, String> present = new TreeMap<>();
        left.forEach(each -> present.put(each.id, Participant.userData(each.id, each.userCount)));
        if (!told.equals(present)) {
            found(Wrong.VIOLATION, one + " was told of the user data " + told + ", there is " + present);
        }
    }

    private void bounds(Participant one) {
        var stats = one.peer.room().stats();
        if (stats.outboxKeys() > 0 || stats.outboxMessages() > 0 || one.peer.heldMessages() > 0
                || !one.peer.isEqualToThosePresent()) {
            found(Wrong.VIOLATION, one + " does not come to rest: " + stats + ", " + one.peer.heldMessages() + " held");
        }
    }

    /**
     * Who was there, and went on seeing its sender, has every message of which the frame was not lost; but for those that came too
     * late, of which it tells.
     */
    private void messages(Participant one, List<Participant> left) {
        long tooLate = world.kind == Kind.RESENT ? one.peer.room().stats().messagesDropped() : 0;
        for (int i = 0; i < history.said.size(); i++) {
            Said said = history.said.get(i);
            boolean forOne = said.to() == null ? said.audience().contains(one.id) : said.to() == one.id;
            if (forOne && !network.lost("m" + i, one.id) && !one.witness.received.contains(i)
                    && left.stream().anyMatch(each -> each.id == said.from())
                    && !network.wereApart(said.from(), one.id, said.atNanos() - JUST_NOW_NANOS,
                            said.atNanos() + ON_ITS_WAY_NANOS) && --tooLate < 0) {
                found(Wrong.LOST, one + " did not hear message " + said + ", though no frame was lost");
            }
        }
    }
}
