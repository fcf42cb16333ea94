package dev.parlor.internal.machine.output;

import org.jspecify.annotations.Nullable;

/**
 * The end of what a caller waits for. Ending it under the room's lock puts it in only: futures complete, and what depends on
 * them runs, where the engine has them complete, after the lock.
 */
public interface Promise<T extends @Nullable Object> {
    /** It came to this. */
    void succeed(T value);

    /** It came to nothing. */
    void fail(Throwable why);
}
