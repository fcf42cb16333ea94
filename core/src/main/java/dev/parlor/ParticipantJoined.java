package dev.parlor;

/**
 * A participant has joined, or is met again after a partition.
 *
 * @param participant who, with the user data it came with
 */
public record ParticipantJoined(Participant participant) implements RoomEvent {}
