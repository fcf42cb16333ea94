package dev.parlor.internal.machine.state;

import dev.parlor.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a room is to be: what the builder collected, checked.
 *
 * @param minTombstones removed keys remembered before any is forgotten, whatever their age
 * @param memoryBytes what the room may use beside the data that it shares
 * @param backlogBytes what messages that wait for listeners may take of it, 0 for their share
 * @param userDataPace in which one frame of user data is sent, zero for as many as there are
 */
public record RoomOptions(String room, String displayName, Limits limits, byte @Nullable [] userData,
        Duration joinTimeout, Duration closeTimeout, Duration maxClockSkew, Duration retention, int minTombstones,
        boolean failWhenOutboxFull, boolean hearOwnMessages, long memoryBytes, long backlogBytes, Duration userDataPace) {
    /** A room that sends user data as often as it changes. */
    public RoomOptions(String room, String displayName, Limits limits, byte @Nullable [] userData, Duration joinTimeout,
            Duration closeTimeout, Duration maxClockSkew, Duration retention, int minTombstones, boolean failWhenOutboxFull,
            boolean hearOwnMessages, long memoryBytes, long backlogBytes) {
        this(room, displayName, limits, userData, joinTimeout, closeTimeout, maxClockSkew, retention, minTombstones, failWhenOutboxFull,
                hearOwnMessages, memoryBytes, backlogBytes, Duration.ZERO);
    }
}
