package dev.parlor.internal.machine.output;

import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;

/** Looks at what keys come to hold, for those who wait for a value. Under the room's lock. */
public interface Watch {
    /** A key was written here. */
    void written(String key, VersionedValue value);

    /** What was written here or elsewhere has been merged. */
    void merged(StateDelta delta);

    /** Any key may hold something else. */
    void lookAgain();
}
