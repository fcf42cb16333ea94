package dev.parlor.internal.machine.repair;

import dev.parlor.SyncProgress;

/** Hears of the rounds that this participant asks for. Under the room's lock. */
public interface RoundListener {
    /** More of it has come. */
    void progress(SyncProgress progress);

    /** It is over. @param complete whether all has come */
    void ended(long peer, boolean complete);
}
