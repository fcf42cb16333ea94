package dev.parlor.internal.machine.lifetime;

import dev.parlor.Change;
import dev.parlor.internal.lifespan.Lives;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.machine.write.SessionUpdates;
import dev.parlor.internal.machine.write.Writes;
import dev.parlor.internal.session.SessionChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entries that live for a time, or while their author is present: tells listeners when they stop to be seen and are seen again, and
 * removes them in the end, where this participant is the host. Nobody sends anything for it before that. Guarded by the room's lock.
 */
public final class Lifetimes {
    /**
     * What has ended is removed so long afterwards: who is cut off meanwhile and renews it has most often done so by then, and costs
     * the host no removal.
     */
    private static final long REMOVED_AFTER_MILLIS = 30_000;
    /** So many are removed with one tick, so that thousands that end at once do not hold the lock. */
    private static final int REMOVED_AT_ONCE = 500;
    /** An end that comes before the next tick is waited for by itself. */
    private static final long TICK_MILLIS = 750;

    private final RoomState state;
    private final SessionUpdates updates;
    private final Writes writes;
    private final Effects effects;
    private final Now now;
    private final long retentionNanos;
    /** Since when each author that is not present is known to be gone. */
    private final Map<Long, Long> goneSinceNanos = new HashMap<>();
    /** The end that is waited for. */
    private long awaitedMillis;

    /** @param retention for which a participant that has vanished may come back, with what it wrote */
    public Lifetimes(RoomState state, SessionUpdates updates, Writes writes, Effects effects, Now now, Duration retention) {
        this.state = state;
        this.updates = updates;
        this.writes = writes;
        this.effects = effects;
        this.now = now;
        this.retentionNanos = retention.toNanos();
    }

    /** This participant is in, with these: nothing is told, since all that is there is new to it. */
    public void enter(List<Present> present) {
        present.forEach(each -> state.session().live(lives -> lives.present(each.id(), true)));
        state.session().live(Lives::expire);
    }

    /** A participant is present, also again: what it wrote for that time is seen. After listeners were told of it. */
    public void joined(long author) {
        goneSinceNanos.remove(author);
        tell(state.session().live(lives -> lives.present(author, true)), Change.Cause.SYNC);
    }

    /** A participant is not present any more: what it wrote for that time is not seen. After listeners were told of it. */
    public void left(long author) {
        tell(state.session().live(lives -> lives.present(author, false)), Change.Cause.AUTHOR_LEFT);
    }

    private void tell(SessionChanges changes, Change.Cause cause) {
        if (!changes.isEmpty()) {
            updates.announce(changes, cause);
        }
    }

    /** As time goes by. */
    public void tick(long nowNanos) {
        expire();
        if (!state.isJoining() && !state.inJoiningOrder().isEmpty() && state.inJoiningOrder().get(0).id() == state.self()) {
            remove(nowNanos);
        }
    }

    private void expire() {
        Lives lives = state.session().lives();
        if (lives.lastEndedMillis() > state.time().roomMillis()) {
            tell(state.session().live(Lives::revive), Change.Cause.SYNC);
        }
        if (lives.nextEndMillis() == Long.MAX_VALUE) {
            return;
        }
        if (lives.nextEndMillis() <= state.time().roomMillis()) {
            tell(state.session().live(Lives::expire), Change.Cause.EXPIRED);
        }
        long next = lives.nextEndMillis();
        long left = next - state.time().roomMillis();
        if (left <= TICK_MILLIS && next != awaitedMillis) {
            awaitedMillis = next;
            effects.after(Math.max(1, left), this::expire);
        }
    }

    private void remove(long nowNanos) {
        Lives lives = state.session().lives();
        List<String> over = new ArrayList<>(lives.endedBefore(state.time().roomMillis() - REMOVED_AFTER_MILLIS, REMOVED_AT_ONCE));
        Set<Long> absent = lives.absentAuthors();
        goneSinceNanos.keySet().retainAll(absent);
        for (long author : absent) {
            // This participant may have become the host, or have joined, long after the author had gone.
            long since = goneSinceNanos.computeIfAbsent(author, any -> nowNanos);
            if (nowNanos - since >= retentionNanos) {
                lives.keysOf(author).stream().limit(Math.max(0, REMOVED_AT_ONCE - over.size())).forEach(over::add);
            }
        }
        if (!over.isEmpty()) {
            writes.removeUnseen(over);
        }
    }
}
