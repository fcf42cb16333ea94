package dev.parlor.internal.machine.join;

import dev.parlor.JoinException;
import dev.parlor.internal.wire.Frame.Presence;
import java.util.Map;

/** Hears how a join ends. Under the room's lock. */
public interface Outcome {
    /** This participant has all, and is in the room with those who have answered. */
    void joined(Map<Long, Presence> answers);

    /** It cannot come in. */
    void failed(JoinException why);
}
