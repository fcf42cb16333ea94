package dev.parlor.internal.machine.state;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of participants, present or gone: of more than so many the longest unused is forgotten. */
public final class Bounded<V> extends LinkedHashMap<Long, V> {
    /** At some hundred bytes each a few megabytes. */
    private static final int MAX = 10_000;
    private static final long serialVersionUID = 1L;

    public Bounded() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
        return size() > MAX;
    }
}
