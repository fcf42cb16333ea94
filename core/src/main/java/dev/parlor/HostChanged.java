package dev.parlor;

/**
 * Another participant is now the longest present: who was it has left, or parts of the room have met in which others were.
 *
 * @param host the new host
 */
public record HostChanged(Participant host) implements RoomEvent {
    /**
     * An event.
     *
     * @param host the new host
     * @throws InvalidArgumentException if one is null
     */
    public HostChanged {
        Require.participant(host);
    }
}
