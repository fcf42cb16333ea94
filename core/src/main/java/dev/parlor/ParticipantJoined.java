package dev.parlor;

/**
 * A participant has joined, or is met again after a partition. Who was there at the join of this participant is not told.
 *
 * @param participant who, with the user data it came with
 */
public record ParticipantJoined(Participant participant) implements RoomEvent {
    /**
     * An event.
     *
     * @param participant who
     * @throws InvalidArgumentException if one is null
     */
    public ParticipantJoined {
        Require.participant(participant);
    }
}
