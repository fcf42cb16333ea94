package dev.parlor.internal.room;

import dev.parlor.internal.session.SessionReplica;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one write puts and removes, encoded one after the other until it is more than the room may hold. Not thread-safe. */
final class BatchEncoding {
    private final Encoding encoding;
    private final Writes writes;
    private final Map<String, byte[]> encoded = new LinkedHashMap<>();
    private long bytes;

    BatchEncoding(Encoding encoding, Writes writes) {
        this.encoding = encoding;
        this.writes = writes;
    }

    void put(String key, Object value) {
        add(encoding.key(key), encoding.value(key, value));
    }

    void remove(String key) {
        add(encoding.key(key), null);
    }

    private void add(String key, byte[] value) {
        byte[] before = encoded.put(key, value);
        bytes += costOf(key, value) - costOf(key, before);
        writes.requireBatchWithinLimit(bytes);
    }

    private static long costOf(String key, byte[] value) {
        return value == null ? 0 : SessionReplica.costOf(key, value);
    }

    /** Values by key, null for a removed one. */
    Map<String, byte[]> encoded() {
        return encoded;
    }
}
