package dev.parlor.internal.wire;

/** A value whose class is not registered here, or whose bytes cannot be read. The entry that holds it is kept. */
public final class UndecodableValueException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecodableValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
