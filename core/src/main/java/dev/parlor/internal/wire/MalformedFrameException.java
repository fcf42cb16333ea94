package dev.parlor.internal.wire;

import org.jspecify.annotations.Nullable;

/** Bytes that are no frame of ours. Nothing has been taken from them. */
public sealed class MalformedFrameException extends Exception permits OtherVersionException {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
