package dev.parlor;

/** A message or request names a participant who is not, or no longer, in the room. Nothing has been sent. */
public final class UnknownParticipantException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception that names the participant.
     *
     * @param participant who is not there
     */
    public UnknownParticipantException(Participant participant) {
        super(Require.participant(participant).name() + " (" + participant.id() + ") is not in the room: take recipients from "
                + "room.participants(); who joins again has a new id");
    }
}
