package dev.parlor;

import java.util.List;

/**
 * Session data has changed. What was written as one ({@code merge}, {@code replace}, {@code update}) is in one event.
 *
 * @param changes what changed, each key once
 */
public record SessionDataChanged(List<Change> changes) implements RoomEvent {
    /**
     * Copies the list.
     *
     * @param changes what changed
     * @throws InvalidArgumentException if one is null
     */
    public SessionDataChanged {
        changes = Require.list(changes, "the changes");
    }
}
