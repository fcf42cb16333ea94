package dev.parlor;

/**
 * A participant has left; its user data is gone with it.
 *
 * @param participant who, with the last user data known
 * @param reason how
 */
public record ParticipantLeft(Participant participant, Reason reason) implements RoomEvent {
    /**
     * An event.
     *
     * @param participant who
     * @param reason how
     * @throws InvalidArgumentException if one is null
     */
    public ParticipantLeft {
        Require.participant(participant);
        Require.reason(reason);
    }

    /** How a participant left. */
    public enum Reason {
        /** It closed the room. */
        CLOSED,
        /** It vanished: its program ended without leaving, or the network between is cut. It may come back. */
        LOST
    }
}
