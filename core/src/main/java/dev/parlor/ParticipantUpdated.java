package dev.parlor;

import java.util.Optional;

/**
 * A participant has set its user data. When a listener is slow, several updates become one.
 *
 * @param participant who, with the new user data
 * @param oldUserData the user data before, empty if there was none
 */
public record ParticipantUpdated(Participant participant, Optional<Object> oldUserData) implements RoomEvent {
    /**
     * An event.
     *
     * @param participant who
     * @param oldUserData the user data before
     * @throws InvalidArgumentException if one is null
     */
    public ParticipantUpdated {
        Require.participant(participant);
        Require.optional(oldUserData, "the old user data");
    }
}
