package dev.parlor.internal.room;

import dev.parlor.Limits;
import dev.parlor.internal.wire.ValueCodec;
import java.time.Duration;

/** How a room is to be: what the builder collected, checked. */
record RoomOptions(String room, String displayName, Limits limits, ValueCodec codec, byte[] userData,
        Duration joinTimeout, Duration closeTimeout, Duration maxClockSkew, boolean failWhenOutboxFull,
        boolean hearOwnMessages) {}
