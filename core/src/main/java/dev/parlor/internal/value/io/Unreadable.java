package dev.parlor.internal.value.io;

import com.esotericsoftware.kryo.KryoException;
import org.jspecify.annotations.Nullable;

/** A value's bytes do not become an object here, for a reason that a person can do something about. */
public final class Unreadable extends KryoException {
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
    public Unreadable(String reason, String detail, String advice, @Nullable Throwable cause) {
        super(reason + detail, cause);
        this.reason = reason;
        this.advice = advice;
    }

    public String reason() {
        return reason;
    }

    public String advice() {
        return advice;
    }
}
