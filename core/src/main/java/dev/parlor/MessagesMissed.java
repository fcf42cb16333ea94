package dev.parlor;

import java.time.Instant;
import java.util.Set;

/**
 * Messages that others have sent to all may not have been heard here: this participant was cut off from them, or stood still
 * (a machine that slept) for longer than the others waited. Session data and user data are not missed, they are handed over. Who
 * needs what was said has to ask, or to share it as session data. Told once the others are met again and go on, for all of them
 * together. Messages to this participant alone are not in it: their sender is told if they cannot be sent.
 *
 * @param from nothing sent before it by these participants was missed; room time
 * @param until nothing sent after it was missed; room time
 * @param senders whose messages may be missing; not empty
 */
public record MessagesMissed(Instant from, Instant until, Set<ParticipantId> senders) implements RoomEvent {
    /**
     * An event.
     *
     * @param from nothing sent before it by these participants was missed; room time
     * @param until nothing sent after it was missed; room time
     * @param senders whose messages may be missing; copied
     * @throws InvalidArgumentException if one is null
     */
    public MessagesMissed {
        Require.present(from, "the beginning", "pass a time such as Instant.EPOCH");
        Require.present(until, "the end", "pass a time such as Instant.EPOCH");
        senders = Require.set(senders, "the senders");
    }
}
