package dev.parlor.internal.machine.clocksync;

import dev.parlor.Warning;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
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
 * for nobody knows how long; so small differences are closed by who is behind the coordinator, at once, and by who is ahead of
 * it by running slower. Where times differ by more than clocks may, all are asked, and the majority decides: to where more
 * than half are, or would be by their own clocks, whoever is behind goes forward; who is ahead goes back only if more than
 * half are behind it. A tie moves nobody. See docs/decisions/0027-room-time.md. Guarded by the room's lock.
 */
public final class Clocks {
    /** Whoever is behind the coordinator by more goes forward. More than what the rounding of times to milliseconds adds up to. */
    private static final long BEHIND_MILLIS = 20;
    /** Whoever is ahead of what the coordinator said by more runs slower. What is said is this late only on a bad day. */
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

    private final RoomState state;
    private final RoomTime time;
    private final Outbox outbox;
    private final Warnings warnings;
    private final Now now;
    private final long boundMillis;
    private final Map<Long, Reading> readings = new HashMap<>();
    private boolean asking;
    /** Whether this is asked once more, since the answers before were that we are ahead. */
    private boolean goingBack;
    private long askedNanos;
    private long pauseNanos;
    private long tickedNanos;

    /** @param maxSkew by which clocks may differ */
    public Clocks(RoomState state, Outbox outbox, Warnings warnings, Now now, Duration maxSkew) {
        this.state = state;
        this.time = state.time();
        this.outbox = outbox;
        this.warnings = warnings;
        this.now = now;
        this.boundMillis = maxSkew.toMillis();
    }

    /** Members have changed. */
    public void onView() {
        time.alone(state.isAlone());
        pauseNanos = 0;
    }

    /** Somebody says who it is, and what time it has. */
    public void onPresence(long from, Presence presence) {
        heard(from, presence.roomMillis(), presence.ownMillis());
    }

    /** Somebody announces its digest, and what time it has. */
    public void onAnnounce(long from, long roomMillis) {
        heard(from, roomMillis, roomMillis);
        long ahead = roomMillis - time.roomMillis();
        if (state.isCoordinator(from) && Math.abs(ahead) <= boundMillis) {
            if (ahead > BEHIND_MILLIS) {
                time.forwardTo(roomMillis);
            }
            time.loseSlowly(-ahead - AHEAD_MILLIS);
        }
    }

    private void heard(long from, long roomMillis, long ownMillis) {
        long here = time.roomMillis();
        long nowMillis = now.nanos() / NANOS_A_MILLI;
        if (asking) {
            readings.merge(from, new Reading(roomMillis - nowMillis, ownMillis - nowMillis), Reading::latest);
            decideForward();
        } else if (Math.abs(roomMillis - here) > boundMillis || ownMillis - here > boundMillis) {
            ask();
        }
    }

    /** Asks all what time they have, unless that was done not long ago and nothing came of it. */
    private void ask() {
        if (!asking && !state.isJoining() && now.nanos() - askedNanos >= pauseNanos) {
            pauseNanos = Math.max(FIRST_PAUSE_NANOS, Math.min(LAST_PAUSE_NANOS, 2 * pauseNanos));
            askNow();
        }
    }

    private void askNow() {
        asking = true;
        goingBack = false;
        askedNanos = now.nanos();
        readings.clear();
        others().forEach(member -> outbox.control(member, Frame.WhoIsThere::new));
    }

    private Stream<Long> others() {
        return state.inJoiningOrder().stream().map(Present::id).filter(id -> id != state.self() && state.isMember(id));
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        time.alone(state.isAlone());
        long leapt = time.takeLeap();
        if (leapt != 0) {
            pauseNanos = 0;
            if (Math.abs(leapt) > boundMillis) {
                warnings.warn(Warning.Kind.CLOCK_SKEW, "the clock of this machine went " + Duration.ofMillis(leapt)
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
                outbox.userChanged();
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
        long nowMillis = now.nanos() / NANOS_A_MILLI;
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
        long behind = claims.stream().filter(claim -> claim < here - boundMillis).count();
        if (2 * behind > present && !goingBack) {
            // Over a slow link what was said before our question may take longer than the answers are awaited.
            askNow();
            goingBack = true;
        } else if (2 * behind > present) {
            long to = claims.get((claims.size() - 1) / 2);
            state.stamps().setBackTo(to);
            moved(to - here);
        }
    }

    private void forward(long to) {
        long by = to - time.roomMillis();
        if (by > boundMillis) {
            time.forwardTo(to);
            moved(by);
        }
    }

    private void moved(long byMillis) {
        pauseNanos = 0;
        warnings.warn(Warning.Kind.CLOCK_SKEW, "the room's time of most participants was " + Duration.ofMillis(byMillis)
                + " ahead of ours; ours is set to it");
        outbox.userChanged();
    }
}
