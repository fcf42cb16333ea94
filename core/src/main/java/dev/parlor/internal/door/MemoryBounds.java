package dev.parlor.internal.door;

import dev.parlor.InvalidArgumentException;

/** Checks what a builder is told of memory. */
final class MemoryBounds {
    /** Below it not even the smallest queue holds a frame. */
    private static final long MIN_MEMORY_BYTES = 4L << 20;
    /** Some hundred short messages. */
    private static final long MIN_BACKLOG_BYTES = 64L << 10;

    private MemoryBounds() {}

    static long requireMemory(long bytes) {
        return require("memory", bytes, MIN_MEMORY_BYTES);
    }

    static long requireBacklog(long bytes) {
        return require("messageBacklog", bytes, MIN_BACKLOG_BYTES);
    }

    private static long require(String what, long bytes, long least) {
        if (bytes < least) {
            throw new InvalidArgumentException(what + "(…) must be at least " + least + " bytes, got " + bytes);
        }
        return bytes;
    }
}
