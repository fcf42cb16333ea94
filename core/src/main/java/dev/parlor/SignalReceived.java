package dev.parlor;

/**
 * A signal has arrived: the newest of its sender and class. Those between it and the one that was told before may have been lost, or
 * replaced by it; see {@link Room#signal}.
 *
 * @param payload what was sent
 * @param from who sent it
 */
public record SignalReceived(Object payload, Participant from) implements RoomEvent {
    /**
     * An event.
     *
     * @param payload what was sent
     * @param from who sent it
     * @throws InvalidArgumentException if one is null
     */
    public SignalReceived {
        Require.present(payload, "the signal", "pass what was sent");
        Require.participant(from);
    }
}
