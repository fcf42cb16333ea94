package dev.parlor;

/**
 * Another participant is now the longest present.
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
