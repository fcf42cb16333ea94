package dev.parlor.internal.room;

import dev.parlor.Warning;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Presence;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps the times of a room's participants together. What another says of its time is a lower bound, as it was under way
 * for nobody knows how long; so small differences are closed by who is behind the speaker, at once, and by who is ahead of
 * it by running slower. Where times differ by more than clocks may, all are asked, and the majority decides: to where more
 * than half are, or would be by their own clocks, whoever is behind goes forward; who is ahead goes back only if more than
 * half are behind it. A tie moves nobody. See docs/decisions/0027-room-time.md. Guarded by the room's lock.
 */
final class Clocks {
    /** Whoever is behind the speaker by more goes forward. More than what the rounding of times to milliseconds adds up to. */
    private static final long BEHIND_MILLIS = 20;
    /** Whoever is ahead of what the speaker said by more runs slower. What is said is this late only on a bad day. */
    private static final long AHEAD_MILLIS = 1_000;
    /** Answers are awaited for so long before somebody goes back. What is still under way from before looks late until then. */
    private static final long ASKING_NANOS = 2_000_000_000L;
    /** A difference that nobody can decide is asked about again after this time, then after twice that, up to the last. */
    private static final long FIRST_PAUSE_NANOS = 10_000_000_000L;
    private static final long LAST_PAUSE_NANOS = 640_000_000_000L;
    /** Nobody has looked for so long: this program stood still. */
    private static final long STOOD_STILL_NANOS = 1_000_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;

    /** What somebody's time, and its time by its own clock, are ahead of our rising clock, at least. */
    private record Reading(long roomMillis, long ownMillis) {
        Reading latest(Reading other) {
            return new Reading(Math.max(roomMillis, other.roomMillis), Math.max(ownMillis, other.ownMillis));
        }
    }

    private final RoomCore core;
    private final RoomState state;
    private final RoomTime time;
    private final Map<Long, Reading> readings = new HashMap<>();
    private boolean asking;
    private long askedNanos;
    private long pauseNanos;
    private long tickedNanos;

    Clocks(RoomCore core, RoomState state) {
        this.core = core;
        this.state = state;
        this.time = state.time();
    }

    private long boundMillis() {
        return core.options().maxClockSkew().toMillis();
    }

    private long nowNanos() {
        return core.environment().nanos().getAsLong();
    }

    /** Takes note of the times in a delta, and leaves out what is beyond all that a correct program can have written. */
    StateDelta heard(long from, StateDelta delta) {
        long newest = delta.newestTime();
        if (newest <= state.stamps().limit()) {
            state.stamps().observe(newest);
            return delta;
        }
        StateDelta possible = delta.upTo(state.stamps().limit());
        state.stats().framesRefused++;
        core.health().warn(Warning.Kind.UNDECODABLE_FRAME, "from " + core.values().nameOf(from)
                + ": a write of a time a thousand years ahead, which no correct program makes; it is ignored");
        state.stamps().observe(possible.newestTime());
        return possible;
    }

    /** Members have changed. */
    void onView() {
        time.alone(state.isAlone());
        pauseNanos = 0;
    }

    void onPresence(long from, Presence presence) {
        heard(from, presence.roomMillis(), presence.ownMillis());
    }

    void onAnnounce(long from, long roomMillis) {
        heard(from, roomMillis, roomMillis);
        long ahead = roomMillis - time.roomMillis();
        if (state.isSpeaker(from) && Math.abs(ahead) <= boundMillis()) {
            if (ahead > BEHIND_MILLIS) {
                time.forwardTo(roomMillis);
            }
            time.loseSlowly(-ahead - AHEAD_MILLIS);
        }
    }

    private void heard(long from, long roomMillis, long ownMillis) {
        long here = time.roomMillis();
        long nowMillis = nowNanos() / NANOS_A_MILLI;
        if (asking) {
            readings.merge(from, new Reading(roomMillis - nowMillis, ownMillis - nowMillis), Reading::latest);
            decideForward();
        } else if (Math.abs(roomMillis - here) > boundMillis() || ownMillis - here > boundMillis()) {
            ask();
        }
    }

    /** Asks all what time they have, unless that was done not long ago and nothing came of it. */
    private void ask() {
        if (!asking && core.joining() == null && nowNanos() - askedNanos >= pauseNanos) {
            pauseNanos = Math.max(FIRST_PAUSE_NANOS, Math.min(LAST_PAUSE_NANOS, 2 * pauseNanos));
            askNow();
        }
    }

    private void askNow() {
        asking = true;
        askedNanos = nowNanos();
        readings.clear();
        others().forEach(member -> core.outbox().control(member, Frame.WhoIsThere::new));
    }

    private Stream<Long> others() {
        return state.inJoiningOrder().stream().map(Present::id).filter(id -> id != state.self() && state.isMember(id));
    }

    void tick(long nowNanos) {
        time.alone(state.isAlone());
        long leapt = time.takeLeap();
        if (leapt != 0) {
            pauseNanos = 0;
            if (Math.abs(leapt) > boundMillis()) {
                core.health().warn(Warning.Kind.CLOCK_SKEW, "the clock of this machine went " + Duration.ofMillis(leapt)
                        + " forward at once: it was set, or the machine slept; the room goes on in its own time unless "
                        + "most of its participants' clocks have gone so");
            }
            if (asking) {
                // This machine's rising clock stood still perhaps, by which what was read is kept.
                askNow();
            }
            if (!state.isAlone()) {
                ask();
                // Others must know what we would have it.
                core.outbox().userChanged();
            }
        }
        if (asking && nowNanos - tickedNanos > STOOD_STILL_NANOS) {
            // What we have read since then had waited for us, and looks as early as we stood still.
            askNow();
        } else if (asking && nowNanos - askedNanos > ASKING_NANOS) {
            decide();
        }
        tickedNanos = nowNanos;
    }

    private void decideForward() {
        if (others().allMatch(readings::containsKey)) {
            List<Long> claims = claims();
            forward(claims.get(claims.size() / 2));
        }
    }

    /** What each has, or would have by its own clock, the latest first. */
    private List<Long> claims() {
        long nowMillis = nowNanos() / NANOS_A_MILLI;
        Set<Long> present = new LinkedHashSet<>(others().toList());
        return Stream.concat(Stream.of(time.ownMillis()), readings.entrySet().stream()
                .filter(each -> present.contains(each.getKey()))
                .map(each -> Math.max(each.getValue().roomMillis(), each.getValue().ownMillis()) + nowMillis))
                .sorted((one, other) -> Long.compare(other, one)).toList();
    }

    private void decide() {
        asking = false;
        List<Long> claims = claims();
        long here = time.roomMillis();
        // Who has not answered counts too: else a few could decide while others are stopped.
        int present = (int) others().count() + 1;
        if (present / 2 < claims.size()) {
            forward(claims.get(present / 2));
        }
        long behind = claims.stream().filter(claim -> claim < here - boundMillis()).count();
        if (2 * behind > present) {
            long to = claims.get((claims.size() - 1) / 2);
            state.stamps().setBackTo(to);
            moved(to - here);
        }
    }

    private void forward(long to) {
        long by = to - time.roomMillis();
        if (by > boundMillis()) {
            time.forwardTo(to);
            moved(by);
        }
    }

    private void moved(long byMillis) {
        pauseNanos = 0;
        core.health().warn(Warning.Kind.CLOCK_SKEW, "the room's time of most participants was " + Duration.ofMillis(byMillis)
                + " ahead of ours; ours is set to it");
        core.outbox().userChanged();
    }
}
