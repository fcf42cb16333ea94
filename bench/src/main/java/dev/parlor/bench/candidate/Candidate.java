package dev.parlor.bench.candidate;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One member of a group that shares a map of texts to bytes, and messages where the system has them. */
public interface Candidate extends AutoCloseable {
    /** Joins; when this returns the member can be used, and holds what the others held. */
    void join(Place place) throws Exception;

    /** How many members this one sees, itself included. */
    int members();

    /** Writes; may return before it is sent. */
    void put(String key, byte[] value) throws Exception;

    /** Has sent what a candidate that packs by hand has held back. */
    default void flush() throws Exception {}

    /** What a key holds here, or null. */
    byte[] get(String key);

    /** How many keys are held here. */
    int size();

    /** Hands over all that is held here. */
    void forEach(BiConsumer<String, byte[]> action);

    /** Is told of what others put, from now on. */
    void onPut(BiConsumer<String, byte[]> listener);

    /** Whether it has messages. */
    default boolean hasMessages() {
        return false;
    }

    /** Sends a message to all others. */
    default void send(byte[] payload) throws Exception {
        throw new UnsupportedOperationException("no messages");
    }

    /** Is told of others' messages, from now on. */
    default void onMessage(Consumer<byte[]> listener) {}

    /** How many entries a second came at the join, from the first part of the state on. */
    default double syncRate() {
        throw new UnsupportedOperationException("not known");
    }

    @Override
    void close();
}
