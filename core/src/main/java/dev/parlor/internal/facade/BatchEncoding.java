package dev.parlor.internal.facade;

import dev.parlor.Batch;
import dev.parlor.InvalidArgumentException;
import dev.parlor.Key;
import dev.parlor.Lifetime;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.internal.arguments.Arguments;
import dev.parlor.internal.engine.Writing;
import dev.parlor.internal.session.Tally;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one write puts and removes, encoded one after the other until it is more than the room may hold. Not thread-safe: what is
 * put from elsewhere, or when it has been written, is refused and not lost in silence.
 */
final class BatchEncoding implements Batch {
    /** What an entry takes here beside its bytes, about: the map's entry, the string of its key, the header of an array. */
    private static final int ENTRY_OVERHEAD_BYTES = 100;
    /** How much of the heap a batch may take while it is encoded. With more, the room could not take it in either. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private final Encoding encoding;
    private final Writing writing;
    private final Map<String, byte @Nullable []> encoded = new LinkedHashMap<>();
    private final Thread owner = Thread.currentThread();
    private long bytes;
    private boolean ended;

    BatchEncoding(Encoding encoding, Writing writing) {
        this.encoding = encoding;
        this.writing = writing;
    }

    @Override
    public BatchEncoding put(String key, Object value) {
        return add(encoding.key(key), encoding.value(key, value));
    }

    @Override
    public <T> BatchEncoding put(Key<T> key, T value) {
        Arguments.requireKey(key);
        return put(key.name(), value);
    }

    @Override
    public BatchEncoding put(String key, Object value, Lifetime lifetime) {
        return add(encoding.key(key), encoding.limited(key, value, lifetime));
    }

    @Override
    public <T> BatchEncoding put(Key<T> key, T value, Lifetime lifetime) {
        Arguments.requireKey(key);
        return put(key.name(), value, lifetime);
    }

    @Override
    public BatchEncoding remove(String key) {
        return add(encoding.key(key), null);
    }

    @Override
    public BatchEncoding remove(Key<?> key) {
        Arguments.requireKey(key);
        return remove(key.name());
    }

    private BatchEncoding add(String key, byte @Nullable [] value) {
        if (ended || Thread.currentThread() != owner) {
            throw new InvalidArgumentException("a write of \"" + key + "\" into a batch " + (ended ? "whose update(…) has ended"
                    : "of another thread") + " is no part of it: write into a batch during its update(…), on the same thread");
        }
        byte @Nullable [] before = encoded.put(key, value);
        bytes += costOf(key, value) - costOf(key, before);
        if (bytes > encoding.limits().sessionDataBytes()) {
            writing.requireBatchWithinLimit(bytes);
        }
        requireWithinHeap();
        return this;
    }

    private void requireWithinHeap() {
        long held = bytes + (long) encoded.size() * ENTRY_OVERHEAD_BYTES;
        if (held > MOST_BYTES) {
            throw new PayloadTooLargeException("a batch of " + encoded.size() + " keys or more takes at least " + held
                    + " bytes of memory, more than a quarter of the heap (" + MOST_BYTES + "): write several smaller ones, share "
                    + "less, or give the program more memory (-Xmx)", held, MOST_BYTES);
        }
    }

    /** Nothing more is taken. */
    void end() {
        ended = true;
    }

    private static long costOf(String key, byte @Nullable [] value) {
        return value == null ? 0 : Tally.costOf(key, value);
    }

    /** Values by key, null for a removed one. */
    Map<String, byte @Nullable []> encoded() {
        return encoded;
    }
}
