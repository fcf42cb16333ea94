package dev.parlor.internal.machine.merge;

import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.merge.Drafts.Lost;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.Parting;
import dev.parlor.internal.session.Parting.Before;
import dev.parlor.internal.session.Parting.Write;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Conflict;
import dev.parlor.internal.wire.Frame.Replaced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what several parts of a healed partition had changed. The representative of each part keeps what its part held
 * when the parts met ({@link Parting}), and tells the others what its part had replaced before. When it has what all parts
 * had, a key of its own that holds another write now is a conflict, unless another part knew the former write and replaced
 * it. Each representative sends these to the coordinator, which tells everybody. So it does not matter in what order the parts'
 * writes reach whom. See docs/decisions/0028-merge-reports.md. Guarded by the room's lock.
 */
public final class Merges {
    /** Keys that one report names: as many as a person or program looks at. */
    static final int MAX_CONFLICTS = 1_000;
    /** Versions that a state's source has replaced and tells a joiner of: 64 KiB. */
    public static final int MAX_HANDED = 8_192;

    /**
     * Until all sides have been compared, but no longer, nobody mends by itself what it lacks of another side. Shorter than
     * messages wait for what is missing before them.
     */
    private static final long COMPARING_NANOS = 3_000_000_000L;
    /** A representative waits for so long for what another lacks: frames that were lost at the merge are repaired after the above. */
    private static final long GIVE_UP_NANOS = 8_000_000_000L;
    /** What the comparison found missing goes to all just after it; then an announcement tells who still lacks something. */
    private static final long PASSED_ON_NANOS = 600_000_000L;
    /** What was not confirmed is said again. */
    private static final long SAY_AGAIN_NANOS = 300_000_000L;

    /** What another part's representative said. */
    private record Part(Replaced said, Set<Long> side, long number) {
        Part(Replaced said, long number) {
            this(said, Arrays.stream(said.side()).boxed().collect(Collectors.toSet()), number);
        }

        boolean isOfSide(long author) {
            return side.contains(author);
        }

        boolean held(Write write) {
            return Parting.held(said.clear(), said.time(), said.newest(), write);
        }
    }

    private final RoomState state;
    private final Outbox outbox;
    private final Departures departures;
    private final EventSink events;
    private final Now now;
    private final BooleanSupplier isSpreading;
    private final Reports reports;
    /** Sides whose report is still to come. */
    private int sides;
    /** Who stands for each side, of all merges that are not compared yet. */
    private final Set<Long> representatives = new HashSet<>();
    /** The members of each side of the last merge. */
    private List<List<Long>> met = List.of();
    private long mergedNanos;
    private long comparedNanos;
    /** What this side was, if this participant stands for it and it is still to be compared. */
    private @Nullable Parting own;
    private final Map<Long, Part> parts = new HashMap<>();
    /** Representatives that have what our side had replaced. */
    private final Set<Long> told = new HashSet<>();
    private long toldNanos;
    /** What is passed on to all is in our frames after this one. */
    private long passedOnAfter;
    private final Drafts drafts;

    /** @param isSpreading whether what this side has and the others lack is still to be passed on */
    public Merges(RoomState state, Outbox outbox, Departures departures, EventSink events, Now now,
            BooleanSupplier isSpreading) {
        this.state = state;
        this.outbox = outbox;
        this.departures = departures;
        this.events = events;
        this.now = now;
        this.isSpreading = isSpreading;
        this.reports = new Reports(state, outbox, now);
        this.drafts = new Drafts(state, reports, now);
    }

    /** Members have changed; sides of the room have met if they have several representatives. */
    public void onView(List<List<Long>> sidesMet, List<Long> first) {
        if (first.size() > 1) {
            met = sidesMet;
            representatives.addAll(first);
            mergedNanos = now.nanos();
            if (first.contains(state.self()) && own == null) {
                own = state.session().meets(state.stamps().reached(), new HashSet<>(state.membersBefore()));
            }
        }
        representatives.removeIf(each -> !state.isMember(each) || state.isLeftOut(each));
        parts.keySet().retainAll(representatives);
        told.clear();
        toldNanos = 0;
        sides = Math.max(0, representatives.size() - 1);
        if (sides == 0) {
            // Who was to compare is gone, so everybody sees to itself.
            close();
        }
        passOnDrafts();
    }

    /** What a coordinator that is gone has not told, and what is here though the others do not wait for it here any more. */
    private void passOnDrafts() {
        List<Lost> untold = new ArrayList<>(drafts.takeBack());
        if (!drafts.isEmpty() && (sides == 0 || !state.isCoordinator(state.self()))) {
            untold.addAll(drafts.takeReports());
        }
        untold.stream().filter(lost -> !lost.isNothing()).forEach(sides == 0 ? this::tellAll : this::hand);
    }

    private void close() {
        own = null;
        state.session().past().hasMet();
        parts.clear();
    }

    /**
     * Whether the sides of a merge are still to be compared. If all mended at once what they lack, each would ask one side for
     * all that it has.
     */
    public boolean isComparing() {
        return sides > 0 ? now.nanos() - mergedNanos < COMPARING_NANOS
                : comparedNanos != 0 && now.nanos() - comparedNanos < PASSED_ON_NANOS;
    }

    /**
     * The coordinator says whether sides are still being compared. Who gets the view of a merge late may have heard the report
     * before it, and would wait for it in vain.
     *
     * @param seen the members that the coordinator sees: before it has the view of the merge it knows of nothing to compare
     */
    public void onAnnounce(boolean comparing, Set<Long> seen) {
        if (!comparing && own == null && !drafts.isHanded() && seen.containsAll(representatives)) {
            sides = 0;
        }
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        state.session().past().missesSomebody(state.losses().ageMillis() >= 0);
        advance();
        drafts.tick(nowNanos);
        if (!drafts.isEmpty() && nowNanos - mergedNanos > GIVE_UP_NANOS) {
            tellDrafts();
        }
        if (sides > 0 && nowNanos - mergedNanos > GIVE_UP_NANOS + COMPARING_NANOS) {
            sides = 0;
            representatives.clear();
        }
        reports.tick(nowNanos);
    }

    /** What our side has and the coordinator's lacks is put into the outbox now. */
    public void passesOn() {
        passedOnAfter = departures.lastNumber();
    }

    /** What a comparison waits for may have come. */
    private void advance() {
        long nowNanos = now.nanos();
        boolean late = nowNanos - mergedNanos > GIVE_UP_NANOS;
        boolean spreading = isSpreading.getAsBoolean();
        if (own == null || spreading && !late) {
            return;
        }
        if (!spreading && nowNanos - toldNanos > SAY_AGAIN_NANOS && !departures.isBusy()) {
            toldNanos = nowNanos;
            for (long each : representatives) {
                if (each != state.self() && !told.contains(each)) {
                    Parting side = own;
                    // Behind what was passed on, so that who has all frames before it has that.
                    outbox.control(each, () -> outbox.hasState() ? null
                            : new Replaced(false, state.isCoordinator(state.self()) ? departures.lastNumber() : passedOnAfter,
                                    side.clear(), side.time(), side.side().stream().mapToLong(Long::longValue).toArray(),
                                    side.newest(), side.replaced()));
                }
            }
        }
        // Who is of our side had been compared with us before we met the others.
        boolean here = !spreading && representatives.stream().allMatch(each -> own.isOfSide(each) || parts.containsKey(each))
                && parts.entrySet().stream().allMatch(each ->
                        state.inbound(each.getKey()).hasAll(each.getValue().said().after(), each.getValue().number()));
        if (here && told.containsAll(parts.keySet()) || late) {
            Lost lost = here ? Drafts.bounded(losses(own), 0) : Lost.NOTHING;
            close();
            hand(lost);
        }
    }

    /** What another part had replaced. */
    public void onReplaced(long from, long number, Replaced heard) {
        if (heard.handed()) {
            state.session().past().learnReplaced(heard.hashes());
            return;
        }
        outbox.control(from, () -> new Frame.ConflictsHeard(0));
        if (own != null) {
            standsFor(from);
            parts.merge(from, new Part(heard, number), (one, other) -> one.number() > other.number() ? one : other);
            advance();
        }
    }

    /** One that does not come first in its side stands for it if it has left out those before it; we may not have yet. */
    private void standsFor(long from) {
        if (!representatives.contains(from)) {
            met.stream().filter(side -> side.contains(from) && !side.contains(state.self()))
                    .forEach(side -> representatives.removeAll(side));
            representatives.add(from);
        }
    }

    /** Somebody has heard a report, or what our part had replaced. */
    public void onHeard(long from, Frame.ConflictsHeard heard) {
        if (heard.number() == 0) {
            told.add(from);
            advance();
        } else {
            reports.onHeard(from, heard);
        }
    }

    /** The writes of our part that others have replaced without knowing of them. */
    private List<Conflict> losses(Parting own) {
        List<Conflict> lost = new ArrayList<>();
        SessionReplica session = state.session();
        for (Map.Entry<String, Before> each : own.before().entrySet()) {
            String key = each.getKey();
            VersionedValue before = each.getValue().held();
            VersionedValue held = session.held(key);
            if (held == null && session.clear().author() != Stamp.LO) {
                held = VersionedValue.tombstone(session.clear());
            }
            // The clear of a compaction is nobody's wish; what it removes was removed before. What ends by itself, or gives way to every
            // write, was not meant to stay.
            if (held != null && !before.isLimited() && !before.isDefault() && !held.isSameWriteAs(before) && !own.isOfSideAndLater(before)
                    && (wasHeldElsewhere(own, Write.of(key, held)) || wasHeldElsewhere(own, each.getValue().by()))
                    && !isOld(own, key, before, each.getValue().cleared())) {
                lost.add(new Conflict(key, before, held));
            }
        }
        return lost;
    }

    /**
     * Whether another part surely held a write when the parts met. Who wrote later may have known what it replaced. The clocks of
     * parts may differ, so that the time of the meeting is that of the writer's part.
     */
    private boolean wasHeldElsewhere(Parting own, @Nullable Write write) {
        if (write == null || own.isOfSide(write.stamp().author())) {
            return false;
        }
        long author = write.stamp().author();
        List<Part> its = parts.values().stream().filter(part -> part.isOfSide(author)).toList();
        // Who is in none of the parts had left before they met, or has joined since.
        return its.isEmpty() ? !state.isMember(author) && parts.values().stream().anyMatch(part -> part.held(write))
                : its.stream().anyMatch(part -> part.held(write));
    }

    /** Whether another part knew what ours held, so that it was written before they parted. */
    private boolean isOld(Parting own, String key, VersionedValue version, boolean cleared) {
        long author = version.by().author();
        if (state.isMember(author) && !own.isOfSide(author)) {
            return true;
        }
        return parts.values().stream().map(Part::said).anyMatch(part -> cleared
                ? Parting.knew(part.clear(), part.hashes(), own.clear()) : Parting.isAmong(part.hashes(), key, version));
    }

    /** To the coordinator. */
    private void hand(Lost lost) {
        if (state.isCoordinator(state.self())) {
            drafts.put(state.self(), lost);
            tellIfComplete();
        } else {
            drafts.hand(lost);
        }
    }

    private void tellIfComplete() {
        if (own == null && drafts.areFrom(representatives)) {
            tellDrafts();
        }
    }

    private void tellDrafts() {
        List<Lost> all = drafts.takeReports();
        representatives.clear();
        for (int i = 0; i < all.size(); i++) {
            sides = all.size() - i;
            tellAll(all.get(i));
        }
    }

    private void tellAll(Lost lost) {
        reports.tell(lost.conflicts(), lost.omitted());
        tell(lost.conflicts(), lost.omitted());
    }

    /** A report has come, or the draft of one. */
    public void onConflicts(long from, Frame.Conflicts heard) {
        if (!reports.take(from, heard)) {
            return;
        }
        if (!heard.draft()) {
            drafts.told(from);
            tell(heard.conflicts(), heard.omitted());
        } else if (state.isCoordinator(state.self()) && (own != null || !drafts.isEmpty() || sides > 0)) {
            drafts.put(from, Lost.of(heard));
            tellIfComplete();
        } else if (!Lost.of(heard).isNothing()) {
            // Late: the report is out, or another has become the coordinator.
            tellAll(Lost.of(heard));
        }
    }

    private void tell(List<Conflict> conflicts, int omitted) {
        sides = Math.max(0, sides - 1);
        if (sides == 0) {
            comparedNanos = now.nanos();
            if (own == null) {
                representatives.clear();
            }
        }
        events.merged(conflicts, omitted);
    }
}
