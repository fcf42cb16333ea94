package dev.parlor;

/**
 * Another participant is now the longest present.
 *
 * @param host the new host
 */
public record HostChanged(Participant host) implements RoomEvent {}
