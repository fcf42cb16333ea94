package dev.parlor.internal.room;

import dev.parlor.Batch;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.internal.session.SessionReplica;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one write puts and removes, encoded one after the other until it is more than the room may hold. Not thread-safe: what is
 * put from elsewhere, or when it has been written, is refused and not lost in silence.
 */
final class BatchEncoding implements Batch {
    private final Encoding encoding;
    private final Writes writes;
    private final Map<String, byte[]> encoded = new LinkedHashMap<>();
    private final Thread owner = Thread.currentThread();
    private long bytes;
    private boolean ended;

    BatchEncoding(Encoding encoding, Writes writes) {
        this.encoding = encoding;
        this.writes = writes;
    }

    @Override
    public BatchEncoding put(String key, Object value) {
        return add(encoding.key(key), encoding.value(key, value));
    }

    @Override
    public <T> BatchEncoding put(Key<T> key, T value) {
        SharedSessionData.requireKey(key);
        return put(key.name(), value);
    }

    @Override
    public BatchEncoding remove(String key) {
        return add(encoding.key(key), null);
    }

    private BatchEncoding add(String key, byte[] value) {
        if (ended || Thread.currentThread() != owner) {
            throw new InvalidArgumentException("a write of \"" + key + "\" into a batch " + (ended ? "whose update(…) has ended"
                    : "of another thread") + " is no part of it: write into a batch during its update(…), on the same thread");
        }
        byte[] before = encoded.put(key, value);
        bytes += costOf(key, value) - costOf(key, before);
        writes.requireBatchWithinLimit(bytes);
        return this;
    }

    /** Nothing more is taken. */
    void end() {
        ended = true;
    }

    private static long costOf(String key, byte[] value) {
        return value == null ? 0 : SessionReplica.costOf(key, value);
    }

    /** Values by key, null for a removed one. */
    Map<String, byte[]> encoded() {
        return encoded;
    }
}
