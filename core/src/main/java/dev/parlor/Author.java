package dev.parlor;

/**
 * Who wrote something. An author may have left long ago, so this is less than a {@link Participant}. Immutable and
 * thread-safe.
 *
 * @param id who wrote
 * @param name the display name; the id's digits if the name is not known here any more
 */
public record Author(ParticipantId id, String name) {
    /**
     * Who wrote something.
     *
     * @param id who wrote
     * @param name the display name
     * @throws InvalidArgumentException if one is null
     */
    public Author {
        Require.id(id);
        Require.present(name, "the name", "pass the digits of the id if none is known");
    }
}
