package dev.parlor;

import java.time.Instant;
import java.util.Optional;

/**
 * One of those present in a room, as known at the moment it was asked for. An immutable snapshot: ask the room again
 * for a newer one. Thread-safe.
 *
 * <p>Two snapshots are equal if all of their content is: of one participant they differ after {@link Room#setUserData}, and
 * where they were taken in different rooms ({@code local}). To ask whether two are the same participant compare {@link #id}, which
 * is also what to use as the key of a map; names need not be unique. Methods that take a participant look at the id alone, so an
 * old snapshot will do.
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
     * A snapshot.
     *
     * @param id who this is
     * @param name the display name
     * @param joinedAt when the join ended
     * @param userData what it shares of itself
     * @param local whether it is that of this room object
     * @throws InvalidArgumentException if one is null
     */
    public Participant {
        Require.id(id);
        Require.present(name, "the name", "pass the display name");
        Require.present(joinedAt, "the time", "pass when the join ended");
        Require.optional(userData, "the user data");
    }


    /**
     * The user data if it is of a class.
     *
     * @param type the class expected; a primitive one stands for its box
     * @param <T> the class expected
     * @return the user data, empty if there is none or it is of another class
     */
    public <T> Optional<T> userData(Class<T> type) {
        return Typed.as(type, userData);
    }
}
