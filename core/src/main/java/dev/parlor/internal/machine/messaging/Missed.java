package dev.parlor.internal.machine.messaging;

import dev.parlor.MessagesMissed;
import dev.parlor.ParticipantId;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What others sent to all and did not come, told once for all of them. Guarded by the room's lock. */
public final class Missed {
    /** After a cut everybody says something within this time; what is found to be missing later is told apart. */
    private static final long GATHER_NANOS = 1_500_000_000L;
    private static final long NANOS_A_MILLI = 1_000_000L;
    /** What an event keeps in memory, without the ids. */
    private static final int EVENT_BYTES = 128;
    private static final int ID_BYTES = 48;

    private final RoomState state;
    private final EventSink events;
    private final Now now;
    private final Set<ParticipantId> senders = new HashSet<>();
    private long fromNanos;
    private long untilNanos;
    private long foundNanos;

    Missed(RoomState state, EventSink events, Now now) {
        this.state = state;
        this.events = events;
        this.now = now;
    }

    /** A frame has come, and some before it have not. @param heardNanos when the last frame came that did */
    public void gap(long from, long heardNanos) {
        long nowNanos = now.nanos();
        if (senders.isEmpty()) {
            fromNanos = heardNanos;
            foundNanos = nowNanos;
        }
        fromNanos = Math.min(fromNanos, heardNanos);
        untilNanos = nowNanos;
        senders.add(new ParticipantId(from));
    }

    void tick(long nowNanos) {
        if (!senders.isEmpty() && nowNanos - foundNanos > GATHER_NANOS) {
            events.passing(new MessagesMissed(timeOf(fromNanos, nowNanos), timeOf(untilNanos, nowNanos), senders),
                    EVENT_BYTES + senders.size() * ID_BYTES);
            senders.clear();
        }
    }

    private Instant timeOf(long nanos, long nowNanos) {
        return Instant.ofEpochMilli(state.time().roomMillis() - (nowNanos - nanos) / NANOS_A_MILLI);
    }
}
