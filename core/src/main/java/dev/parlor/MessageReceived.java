package dev.parlor;

/**
 * An app-message has arrived.
 *
 * @param payload what was sent
 * @param from who sent it
 * @param direct true if it was sent to chosen participants, false if to all
 */
public record MessageReceived(Object payload, Participant from, boolean direct) implements RoomEvent {}
