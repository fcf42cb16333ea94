package dev.parlor;

/** What a room is doing. Read it with {@link Room#status()}, follow it with {@link StatusChanged}. */
public enum RoomStatus {
    /** Looking for others. */
    CONNECTING,
    /** Others are there; their state is on its way. */
    SYNCING,
    /** In the room with others. */
    LIVE,
    /** In the room, and nobody else is there. Where somebody should be, {@link Doctor} says why it is not met. */
    ALONE,
    /**
     * Nobody else is here, and somebody vanished without leaving: this participant may be cut off. Everything goes on
     * working here and is merged when the others are met again. After a while without them the status becomes {@link
     * #ALONE}.
     */
    RECONNECTING,
    /** Left. */
    CLOSED
}
