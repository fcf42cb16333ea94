package dev.parlor;

/**
 * The room is doing something else, or has come into or out of sync. How much was missed and repaired is told by
 * {@link Room#stats()}.
 *
 * @param oldStatus the status before; the same as now if only {@code inSync} has changed
 * @param newStatus the status now
 * @param inSync whether this participant holds what the others hold, as far as is known here; see
 *     {@link RoomStats#inSync()}. True while alone, unless others vanished without leaving.
 */
public record StatusChanged(RoomStatus oldStatus, RoomStatus newStatus, boolean inSync) implements RoomEvent {
    /**
     * An event.
     *
     * @param oldStatus the status before
     * @param newStatus the status now
     * @param inSync whether this participant is in sync
     * @throws InvalidArgumentException if one is null
     */
    public StatusChanged {
        Require.present(oldStatus, "the old status", "pass one of RoomStatus");
        Require.present(newStatus, "the new status", "pass one of RoomStatus");
    }
}
