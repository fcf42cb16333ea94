package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.session.SessionChange;

/** Turns a change that waits into what listeners get. On the thread of the listeners, without a lock. */
public interface ChangeDecoder {
    /** A change with its values decoded. */
    Change decode(SessionChange change, Change.Cause cause);
}
