package dev.parlor;

import java.time.Instant;

/**
 * A value of session data with who wrote it and when. An immutable snapshot, thread-safe.
 *
 * @param key the key
 * @param value the value
 * @param author who wrote it
 * @param at when it was written, in the room's time
 */
public record Entry(String key, Object value, Author author, Instant at) {}
