package dev.parlor;

import java.time.Instant;
import java.util.Optional;

/**
 * One of those present in a room, as known at the moment it was asked for. An immutable snapshot: ask the room again
 * for a newer one. Names need not be unique; the id tells participants apart. Thread-safe.
 *
 * @param id who this is, new at every join
 * @param name the display name given at the join
 * @param joinedAt when the join ended, in the room's time
 * @param userData what the participant shares of itself; empty if it has set none, or if its class is not registered
 *     here (then a {@link Warning} was raised)
 * @param local true if this is the participant of this very room object
 */
public record Participant(ParticipantId id, String name, Instant joinedAt, Optional<Object> userData, boolean local) {

    /**
     * The user data if it is of a class.
     *
     * @param type the class expected
     * @param <T> the class expected
     * @return the user data, empty if there is none or it is of another class
     */
    public <T> Optional<T> userData(Class<T> type) {
        return userData.filter(type::isInstance).map(type::cast);
    }

    /** Whether the other is the same participant, whatever is known of it at the moment: compares ids. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Participant that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
