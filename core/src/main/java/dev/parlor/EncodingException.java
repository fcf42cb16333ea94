package dev.parlor;

import org.jspecify.annotations.Nullable;

/**
 * A value of a registered class could not be encoded, for example because it refers to itself, is nested too
 * deep, has keys within keys more than four deep, or more than 256 keys of one hash code. Nothing has changed.
 */
public final class EncodingException extends ParlorException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with the reason.
     *
     * @param message which value, why not, and what to do
     * @param cause what the encoder threw, or null
     */
    @SuppressWarnings("exports") // of the annotation, which no user needs
    public EncodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
