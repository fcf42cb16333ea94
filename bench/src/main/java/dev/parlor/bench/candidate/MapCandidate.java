package dev.parlor.bench.candidate;

import java.util.Map;
import java.util.function.BiConsumer;

/** A member that holds its keys and values in a map of that, its own or the library's. */
interface MapCandidate extends Candidate {
    /** What is held here. */
    Map<String, byte[]> map();

    @Override
    default byte[] get(String key) {
        return map().get(key);
    }

    @Override
    default int size() {
        return map().size();
    }

    @Override
    default void forEach(BiConsumer<String, byte[]> action) {
        map().forEach(action);
    }
}
