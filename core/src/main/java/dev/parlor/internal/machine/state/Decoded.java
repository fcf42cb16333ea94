package dev.parlor.internal.machine.state;

import java.util.Optional;

/**
 * What became of bytes that were read.
 *
 * @param object the object; empty if they cannot be decoded
 * @param lasting whether every further attempt would give the same
 */
public record Decoded(Optional<Object> object, boolean lasting) {
    /** Where there are no bytes. */
    public static final Decoded NOTHING = new Decoded(Optional.empty(), true);
}
