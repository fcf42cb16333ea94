package dev.parlor.internal.room;

import dev.parlor.Limits;
import dev.parlor.internal.wire.ValueCodec;
import java.time.Duration;

/**
 * How a room is to be: what the builder collected, checked.
 *
 * @param minTombstones removed keys remembered before any is forgotten, whatever their age
 */
record RoomOptions(String room, String displayName, Limits limits, ValueCodec codec, byte[] userData,
        Duration joinTimeout, Duration closeTimeout, Duration maxClockSkew, Duration retention, int minTombstones,
        boolean failWhenOutboxFull, boolean hearOwnMessages) {}
