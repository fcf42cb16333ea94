package dev.parlor;

/**
 * Writes collected by {@link SessionData#update} and applied as one change. Valid only during that call, on its thread: at any
 * other time and on any other thread its methods throw {@link InvalidArgumentException}, as what they write would be lost.
 */
public interface Batch {
    /**
     * Sets a key. The last call for a key counts.
     *
     * @param key the key
     * @param value the value, not null
     * @return this
     */
    Batch put(String key, Object value);

    /**
     * Sets a typed key.
     *
     * @param key the key
     * @param value the value, not null
     * @param <T> the class of the value
     * @return this
     */
    <T> Batch put(Key<T> key, T value);

    /**
     * Sets a key to something that is there for a time, or while this participant is present. The last call for a key counts.
     *
     * @param key the key
     * @param value the value, not null
     * @param lifetime how long it is there, not null
     * @return this
     */
    Batch put(String key, Object value, Lifetime lifetime);

    /**
     * Sets a typed key to something that is there for a time, or while this participant is present.
     *
     * @param key the key
     * @param value the value, not null
     * @param lifetime how long it is there, not null
     * @param <T> the class of the value
     * @return this
     */
    <T> Batch put(Key<T> key, T value, Lifetime lifetime);

    /**
     * Removes a key.
     *
     * @param key the key
     * @return this
     */
    Batch remove(String key);

    /**
     * Removes a typed key.
     *
     * @param key the key
     * @return this
     */
    Batch remove(Key<?> key);
}
