package dev.parlor;

/**
 * How much of the room's session data has arrived, during the join ({@link RoomBuilder#onSyncProgress}) and during
 * repairs.
 *
 * @param entriesReceived entries received so far
 * @param entriesExpected entries there are to receive
 */
public record SyncProgress(long entriesReceived, long entriesExpected) implements RoomEvent {}
