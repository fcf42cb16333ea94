package dev.parlor.internal.session;

/**
 * A key holds something else than before. At least one of the two is a live value.
 *
 * @param key the key
 * @param before what it held, null if nothing or a tombstone
 * @param after what it holds, null if nothing or a tombstone
 * @param author who made it so
 */
public record SessionChange(String key, VersionedValue before, VersionedValue after, long author) {}
