package dev.parlor.sim;

import dev.parlor.ParticipantId;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.HashSet;
import java.util.Set;

/** Looks at the room's time as one participant has it: no single clock sets it back, and no key of the future drags it. */
final class Times {
    private static final long BOUND_MILLIS = SimPeer.MAX_SKEW.toMillis();
    /** What is said of a time is so old when it is gone by, at most. */
    private static final long SAID_AGO_MILLIS = 5_000;
    /** With this participant they are the smallest majority that can set one back. */
    private static final int LEAST_OTHERS = 2;

    private final World world;
    private final SimHost host;
    private final SimPeer peer;
    private long roomMillis;
    private long lookedNanos;
    private boolean setBack;
    /** The time it had before it last went forward by much, and when that was. */
    private long leftMillis = Long.MAX_VALUE;
    private long leftNanos;

    Times(World world, SimHost host, SimPeer peer) {
        this.world = world;
        this.host = host;
        this.peer = peer;
    }

    /** The room's time here by now, if it has gone on. */
    private long now() {
        return roomMillis + (host.nanos() - lookedNanos) / Scheduler.MILLI;
    }

    /** Whether the room's time here is before another, or was so short a time ago that what it said then may be heard now. */
    private boolean hasOrSaid(long millis) {
        return now() < millis || leftMillis < millis && (host.nanos() - leftNanos) / Scheduler.MILLI <= SAID_AGO_MILLIS;
    }

    /** Takes note of the room's time; what is wrong with it, or null. */
    String look(boolean live) {
        long before = roomMillis;
        long looked = peer.lookedRoomMillis();
        if (looked == before) {
            return null;
        }
        long back = before - looked;
        if (live && before != 0 && looked - now() > BOUND_MILLIS) {
            leftMillis = now();
            leftNanos = host.nanos();
        }
        roomMillis = looked;
        lookedNanos = host.nanos();
        setBack |= live && back > 0;
        if (!live || back <= BOUND_MILLIS) {
            return null;
        }
        // Who has ended counts for as long as it is seen here: nobody knows yet.
        long others = world.everybody.stream().filter(each -> each.witness.times != this
                && (!each.host.isDead() || peer.room().participant(new ParticipantId(each.id)).isPresent())
                && each.witness.times.hasOrSaid(before - BOUND_MILLIS + SAID_AGO_MILLIS)).count();
        return others >= LEAST_OTHERS ? null
                : "had its room's time set back by " + back + " ms, and " + others + " others had so early a time";
    }

    /** Those of some keys that hold nothing of the future, so that what is written over them need not be of the future. */
    Set<String> ofThePresent(Set<String> written, boolean clears) {
        Set<String> present = new HashSet<>();
        for (String key : clears ? Set.<String>of() : written) {
            VersionedValue held = peer.entry(key);
            if (!isAhead(peer.clear()) && (held == null || !isAhead(held.stamp()))) {
                present.add(key);
            }
        }
        return present;
    }

    private boolean isAhead(Stamp stamp) {
        return stamp.millis() >= peer.lookedRoomMillis() + BOUND_MILLIS;
    }

    /**
     * Whether something that was just written is further ahead of the room's time than writes of others may push it. A participant
     * that the others have set back may go on after the last time that it has given.
     */
    boolean isDragged(Stamp stamp) {
        return !setBack && stamp.millis() > peer.lookedRoomMillis() + BOUND_MILLIS + 1;
    }
}
