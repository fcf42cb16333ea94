package dev.parlor.internal.machine;

import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Everything that was written and said by machines, and everything found wrong. */
final class MachineHistory {
    /** One write; by key the text, null for a removed one. */
    record Write(Stamp stamp, boolean clears, Map<String, String> values) {}

    /**
     * One message.
     *
     * @param to null for all
     * @param state what its sender had written by then, by key
     * @param clear its own newest clear by then
     * @param user the version of its user data
     * @param audience whom it saw
     */
    record Said(long from, int number, Long to, Map<String, Stamp> state, Stamp clear, long user, Set<Long> audience) {}

    final Map<Stamp, Write> writes = new HashMap<>();
    final List<Said> said = new ArrayList<>();
    final List<String> findings = new ArrayList<>();
    private int texts;

    /** A text that no other value has. */
    String newText() {
        return "v" + ++texts;
    }

    void wrote(Write write) {
        if (writes.put(write.stamp(), write) != null) {
            found("two writes with the stamp " + write.stamp());
        }
    }

    /** Whether what a key held may be gone for good: a compaction forgets nothing but what somebody had removed. */
    boolean mayBeGone(String key, VersionedValue held, Stamp clear) {
        return clear.after(held.stamp()) && (clear.author() != Stamp.LO || held.isTombstone() || isRemovedAfter(key, held.written()));
    }

    private boolean isRemovedAfter(String key, Stamp written) {
        return writes.values().stream().anyMatch(write -> write.stamp().after(written)
                && (write.values().containsKey(key) ? write.values().get(key) == null : write.clears()));
    }

    /** Whether a key was written so. */
    boolean isGenuine(String key, VersionedValue held, String text) {
        Write write = writes.get(held.written());
        return write != null && write.values().containsKey(key) && Objects.equals(write.values().get(key), text);
    }

    void found(String what) {
        if (findings.size() < 10) {
            findings.add(what);
        }
    }
}
