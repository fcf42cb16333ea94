package dev.parlor;

/**
 * An app-message has arrived.
 *
 * @param payload what was sent
 * @param from who sent it
 * @param direct true if it was sent to chosen participants, false if to all
 */
public record MessageReceived(Object payload, Participant from, boolean direct) implements RoomEvent {
    /**
     * An event.
     *
     * @param payload what was sent
     * @param from who sent it
     * @param direct whether it was sent to chosen participants
     * @throws InvalidArgumentException if one is null
     */
    public MessageReceived {
        Require.present(payload, "the message", "pass what was sent");
        Require.participant(from);
    }
}
