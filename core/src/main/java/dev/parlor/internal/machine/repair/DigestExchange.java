package dev.parlor.internal.machine.repair;

import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.merge.Merges;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.messaging.Messages;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Agree;
import dev.parlor.internal.wire.Frame.Announce;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether all replicas are equal (Dynamo 2007, section 4.7): the coordinator, the longest present, announces its
 * digest after each change of members, now and then while something is written, and ever more seldom when nothing is; who
 * holds the same agrees, who does not begins a round of {@link Repair}. Guarded by the room's lock.
 */
public final class DigestExchange {
    /** Announcements in a row that differ from ours before a round is begun although frames are always under way. */
    private static final int MISMATCHES_BEFORE_ROUND = 3;
    /**
     * At most so many, which take a minute and a half. Where several write without a pause, the digests of two replicas are hardly
     * ever equal, and a round finds what is under way. So each that has found nothing else doubles the number for the next: in a
     * map of a million entries a round takes half a second of CPU at both ends. What is lost is found by the gap in the numbers of
     * frames, or after a pause of half a second, whatever this number is.
     */
    private static final int MOST_MISMATCHES = 96;
    /** Frames under way between two programs arrive within this time; if none did, none is under way. */
    private static final long STANDSTILL_NANOS = 500_000_000L;
    /**
     * Where nothing seems to be under way, so long: who announces in the middle of a burst has counted what it has not sent yet, and
     * what comes next shows that.
     */
    private static final long MOMENT_MILLIS = 100;
    /** After a change of members, so long until the coordinator announces its digest: frames under way settle. */
    private static final long SETTLE_MILLIS = 250;
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** While it is not known that all hold the same, as after a merge, the coordinator announces its digest so often. */
    private static final long UNSURE_ANNOUNCE_NANOS = 400_000_000L;
    /** The coordinator announces its digest so long after something has changed, or somebody was found to differ... */
    private static final long FIRST_ANNOUNCE_NANOS = 1_000_000_000L;
    /** ...then after twice that time, and twice again, up to this: an idle room costs next to nothing. */
    private static final long LAST_ANNOUNCE_NANOS = 16_000_000_000L;
    /** Who holds the same says so within this time; if nothing has changed since, who has not said so does not. */
    private static final long AGREE_NANOS = 1_000_000_000L;

    /** The coordinator's digest differed from ours while frames were perhaps under way; looked at again a little later. */
    private record Mismatch(long coordinator, long ownRoot, Map<Long, Long> ownKnown, long heardNanos) {}

    /** What somebody announced. */
    private record Heard(long from, Announce announce) {}

    private final RoomState state;
    private final Outbox outbox;
    private final Departures departures;
    private final Merges merges;
    private final Messages messages;
    private final Effects effects;
    private final Now now;
    private final Repair repair;
    private boolean inSync = true;
    private long announcedRoot;
    /** Since when that has been announced without all agreeing, 0 if it was not since the members changed. */
    private long announcedSinceNanos;
    private Map<Long, Long> announcedUsers = Map.of();
    private long announcedNanos;
    private long announceAfterNanos = FIRST_ANNOUNCE_NANOS;
    private boolean announceSkipped;
    /** Who holds what was announced last. */
    private final Set<Long> agreed = new HashSet<>();
    private @Nullable Mismatch mismatch;
    /** What was announced last while removed keys were being forgotten here: compared once that is done. */
    private @Nullable Heard amidCompaction;
    private long disturbedNanos;
    private boolean settling;
    private int mismatchesInARow;
    private int mismatchesBeforeRound = MISMATCHES_BEFORE_ROUND;
    /** Whether the last round was begun since digests differed while frames were perhaps under way. */
    private boolean unsure;

    DigestExchange(RoomState state, Outbox outbox, Departures departures, Merges merges, Messages messages, Effects effects,
            Now now, Repair repair) {
        this.state = state;
        this.outbox = outbox;
        this.departures = departures;
        this.merges = merges;
        this.messages = messages;
        this.effects = effects;
        this.now = now;
        this.repair = repair;
    }

    /** Whether this replica was equal to the coordinator's when it last heard, or to all others' if it is the coordinator's. */
    boolean inSync() {
        return inSync;
    }

    void inSync(boolean now) {
        inSync = now;
    }

    /** A round has ended. @param foundOld whether something differed that was not just under way */
    void mended(boolean foundOld) {
        if (foundOld) {
            mismatchesBeforeRound = MISMATCHES_BEFORE_ROUND;
        } else if (unsure) {
            mismatchesBeforeRound = Math.min(2 * mismatchesBeforeRound, MOST_MISMATCHES);
        }
        unsure = false;
    }

    /** Members have changed. */
    void onView() {
        mismatchesBeforeRound = MISMATCHES_BEFORE_ROUND;
        announcedSinceNanos = 0;
        soon();
    }

    /** Something may be missing somewhere: announces in a moment, and then less and less often. */
    public void soon() {
        announceAfterNanos = FIRST_ANNOUNCE_NANOS;
        disturbedNanos = now.nanos();
        if (!settling) {
            settling = true;
            announceOnceSettled(SETTLE_MILLIS);
        }
    }

    /** However many come or go at once: one announcement after the last of them. */
    private void announceOnceSettled(long afterMillis) {
        effects.after(afterMillis, () -> {
            long left = SETTLE_MILLIS - (now.nanos() - disturbedNanos) / NANOS_A_MILLI;
            if (left > 0) {
                announceOnceSettled(left);
            } else {
                settling = false;
                announce();
            }
        });
    }

    void tick(long nowNanos) {
        lookAgain(nowNanos);
        Heard waits = amidCompaction;
        if (waits != null && !state.session().isCompacting()) {
            amidCompaction = null;
            compare(waits.from(), waits.announce());
        }
        if (announcedSinceNanos != 0 && nowNanos - announcedSinceNanos > AGREE_NANOS && state.isCoordinator(state.self())
                && announcedRoot == state.session().root() && !allAgree()) {
            inSync = false;
        }
        announceNowAndThen(nowNanos);
    }

    private void announceNowAndThen(long nowNanos) {
        long since = nowNanos - announcedNanos;
        if (!repair.inSync()) {
            announceAfterNanos = UNSURE_ANNOUNCE_NANOS;
        } else if (since <= FIRST_ANNOUNCE_NANOS) {
            return;
        } else if (announcedRoot != state.session().root()
                || !announcedUsers.equals(userVersions())) {
            announceAfterNanos = FIRST_ANNOUNCE_NANOS;
        }
        if (since > announceAfterNanos) {
            announceAfterNanos = Math.min(2 * announceAfterNanos, LAST_ANNOUNCE_NANOS);
            announcedNanos = nowNanos;
            announce();
        }
    }

    /** Announces the digest if this participant is the coordinator; what it is, is seen when it is sent. */
    private void announce() {
        if (state.hasOthers() && state.isCoordinator(state.self())) {
            outbox.control(null, () -> {
                if (state.session().isCompacting()) {
                    // The others do so too, and what is done of it so far differs.
                    return null;
                }
                if (outbox.hasState() && !announceSkipped) {
                    announceSkipped = true;
                    return null;
                }
                announceSkipped = false;
                announcedNanos = now.nanos();
                long root = state.session().root();
                if (announcedSinceNanos == 0 || root != announcedRoot || allAgree()) {
                    announcedSinceNanos = announcedNanos;
                }
                announcedRoot = root;
                agreed.clear();
                announcedUsers = userVersions();
                // Who hears this has this very frame as well.
                return new Announce(announcedRoot, state.known(departures.lastNumber() + 1), announcedUsers,
                        state.time().roomMillis(), merges.isComparing());
            });
        }
    }

    /** What is here of each participant, without own user data that waits for its time: others would ask for it. */
    private Map<Long, Long> userVersions() {
        Map<Long, Long> versions = state.users().versions();
        if (outbox.holdsUser()) {
            versions.remove(state.self());
        }
        return versions;
    }

    /** Somebody announces its digest. */
    public void onAnnounce(long from, Announce heard) {
        if (state.isCoordinator(from)) {
            // Not one that speaks for a part still, as it has not got the view of the merge yet.
            merges.onAnnounce(heard.comparing(), heard.known().keySet());
        }
        compareUsers(from, heard.users());
        compare(from, heard);
    }

    private void compare(long from, Announce heard) {
        if (state.session().isCompacting()) {
            amidCompaction = new Heard(from, heard);
            return;
        }
        long root = state.session().root();
        Map<Long, Long> known = state.known(departures.lastNumber());
        if (root == heard.root()) {
            state.cover(heard.known());
            messages.releaseAll();
            inSync = true;
            mismatch = null;
            mismatchesInARow = 0;
            repair.nothingIsMissing();
            outbox.control(from, () -> new Agree(root));
            return;
        }
        Mismatch found = new Mismatch(from, root, known, now.nanos());
        mismatch = found;
        if (++mismatchesInARow >= mismatchesBeforeRound) {
            mismatchesInARow = 0;
            inSync = false;
            unsure = !repair.isAsking();
            mismatch = null;
            mend(from);
        } else if (known.equals(heard.known()) && !departures.isBusy()) {
            inSync = false;
            effects.after(MOMENT_MILLIS, () -> lookAgain(found));
        }
    }

    /** Somebody holds what this participant announced. */
    public void onAgree(long from, Agree agree) {
        if (agree.root() == announcedRoot) {
            agreed.add(from);
            inSync |= allAgree();
        }
    }

    /** Whether all participants have said that they hold what was announced. */
    private boolean allAgree() {
        return state.inJoiningOrder().stream().allMatch(each -> each.id() == state.self() || agreed.contains(each.id()));
    }

    /** User data is believed of its owner alone: who has a newer version is asked, and who has the newest says it again. */
    private void compareUsers(long coordinator, Map<Long, Long> versions) {
        versions.forEach((owner, version) -> {
            if (owner != state.self() && state.isMember(owner) && state.users().of(owner).version() < version) {
                outbox.control(owner, Frame.WhoIsThere::new);
            }
        });
        if (versions.getOrDefault(state.self(), 0L) < state.users().of(state.self()).version()) {
            outbox.askedBy(coordinator, true);
        }
    }

    /** If nothing has come or gone since a mismatch was heard, what differs is not under way but lost. */
    private void lookAgain(long nowNanos) {
        if (mismatch != null && nowNanos - mismatch.heardNanos() >= STANDSTILL_NANOS) {
            Mismatch heard = mismatch;
            lookAgain(heard);
            mismatch = null;
        }
    }

    private void lookAgain(Mismatch heard) {
        if (heard == mismatch && !departures.isBusy() && state.isMember(heard.coordinator())
                && heard.ownRoot() == state.session().root() && heard.ownKnown().equals(state.known(departures.lastNumber()))) {
            mismatch = null;
            mismatchesInARow = 0;
            inSync = false;
            mend(heard.coordinator());
        }
    }

    /** Not while the sides of a merge are compared; what differs then is announced again. */
    private void mend(long coordinator) {
        if (!merges.isComparing()) {
            repair.begin(coordinator, false, false);
        }
    }
}
