package dev.parlor.testkit.jvm;

import dev.parlor.ParlorException;

/**
 * What was awaited in a control room did not come in time. The message says what was awaited, what is published, who has
 * arrived at barriers, who is present, who has left and when, and how the JVMs are that were started from here. What was
 * published or arrived before stays so.
 */
public final class ControlTimeoutException extends ParlorException {
    private static final long serialVersionUID = 1L;

    ControlTimeoutException(String message) {
        super(message);
    }
}
