package dev.parlor;

/**
 * The room is doing something else.
 *
 * @param oldStatus the status before
 * @param newStatus the status now
 */
public record StatusChanged(RoomStatus oldStatus, RoomStatus newStatus) implements RoomEvent {}
