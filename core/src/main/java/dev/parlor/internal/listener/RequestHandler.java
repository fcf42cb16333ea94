package dev.parlor.internal.listener;

import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.wire.Frame.AppMessage;

/** Answers requests. Called among the events, without the room's lock. */
public interface RequestHandler {
    /** One has come. What this throws is reported as a listener's. */
    void answer(Present asker, AppMessage request);
}
