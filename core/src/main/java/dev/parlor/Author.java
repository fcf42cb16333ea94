package dev.parlor;

/**
 * Who wrote something. An author may have left long ago, so this is less than a {@link Participant}. Immutable and
 * thread-safe.
 *
 * @param id who wrote
 * @param name the display name; the id's digits if the name is not known here any more
 */
public record Author(ParticipantId id, String name) {}
