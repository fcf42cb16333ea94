package dev.parlor.internal.index;

import org.jspecify.annotations.Nullable;

/**
 * A key of an index with what it holds. There is one for each key that lives; what it holds last stays in it when it is removed from
 * the index, for iterators that have come to it before. Thread-safe; changed by {@link PrefixIndex} alone.
 *
 * @param <V> what keys hold
 */
public final class Member<V> {
    private final String key;
    private volatile V value;
    /** Made when it is first asked for, by whoever asks: two that are made at once are equal. */
    private @Nullable String rest;

    Member(String key, V value) {
        this.key = key;
        this.value = value;
    }

    /** The whole key. */
    public String key() {
        return key;
    }

    /** What the key holds. */
    public V value() {
        return value;
    }

    void value(V now) {
        value = now;
    }

    /**
     * The key without its beginning; kept, since to cut it anew each time is most of what an iteration would cost.
     *
     * @param length of the prefix, the same in each call
     */
    public String rest(int length) {
        String known = rest;
        if (known == null) {
            known = key.substring(length);
            rest = known;
        }
        return known;
    }
}
