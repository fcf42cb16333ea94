package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;

/** A value's bytes do not become an object here, for a reason that a person can do something about. */
final class Unreadable extends KryoException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String advice;

    /**
     * An exception.
     *
     * @param reason what is wrong, without anything of the value: the same for all values of which the same is wrong
     * @param detail what this value has to do with it; may be empty
     * @param advice what to do
     */
    Unreadable(String reason, String detail, String advice, Throwable cause) {
        super(reason + detail, cause);
        this.reason = reason;
        this.advice = advice;
    }

    String reason() {
        return reason;
    }

    String advice() {
        return advice;
    }
}
