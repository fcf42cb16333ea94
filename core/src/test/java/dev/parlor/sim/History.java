package dev.parlor.sim;

import dev.parlor.MergeReport;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that was written and said by anybody, and everything found wrong. */
final class History {
    /**
     * One write.
     *
     * @param stamp of all but the keys whose former writes were of the future
     * @param values by key what was written, null for a removed key
     * @param ahead the stamps of keys whose former writes were of the future
     */
    record Write(Stamp stamp, long author, boolean clears, Map<String, String> values, Map<String, Stamp> ahead) {
        Stamp stampOf(String key) {
            return ahead.getOrDefault(key, stamp);
        }

        boolean isBatch() {
            return clears || values.size() > 1;
        }
    }

    /**
     * One message.
     *
     * @param to null for all
     * @param state what its sender had written itself by then: by key the stamp
     * @param clear its own newest clear by then
     * @param user the count of its user data by then
     * @param audience who was present at its sender
     * @param atNanos when
     */
    record Said(long from, int number, Long to, Map<String, Stamp> state, Stamp clear, int user, List<Long> audience,
            long atNanos) {}

    /** What may be found wrong. */
    enum Wrong { DIVERGED, LOST, RESURRECTED, VIOLATION }

    /** An exception shows no planted flaw: it would as well show a blunder in the planting. */
    static final String THREW = "threw ";

    final Map<Stamp, Write> writes = new HashMap<>();
    /** By value who wrote it: more than one only if somebody put what was there already. */
    private final Map<String, List<Write>> byValue = new HashMap<>();
    private final List<String> keys;
    /** By key, and by who removed it, when last. */
    private final Map<String, Map<Long, Stamp>> removed = new HashMap<>();
    final List<Said> said = new ArrayList<>();
    /** What participants were told of merges. */
    final List<MergeReport> reports = new ArrayList<>();
    final Map<Wrong, Integer> wrongs = new HashMap<>();
    /** How often somebody gave up to wait for what was sent before a message. */
    int late;
    final List<String> findings = new ArrayList<>();
    long operations;
    int partitions;
    int kills;
    private int nextValue = 1;

    /** @param keys those that are written */
    History(List<String> keys) {
        this.keys = keys;
    }

    /** A text that no other value has. */
    String newText() {
        return "v" + nextValue++;
    }

    void wrote(Write write, Scheduler scheduler) {
        Set<Stamp> stamps = new HashSet<>(write.ahead().values());
        stamps.add(write.stamp());
        for (Stamp stamp : stamps) {
            if (writes.put(stamp, write) != null) {
                found(Wrong.VIOLATION, scheduler, "two writes with the stamp " + stamp);
            }
        }
        write.values().values().stream().filter(value -> value != null).forEach(value ->
                byValue.computeIfAbsent(value, each -> new ArrayList<>(1)).add(write));
        for (String key : keys) {
            if (write.values().containsKey(key) ? write.values().get(key) == null : write.clears()) {
                removed.computeIfAbsent(key, each -> new HashMap<>()).merge(write.author(), write.stampOf(key),
                        (one, other) -> one.after(other) ? one : other);
            }
        }
    }

    /**
     * Whether what a key held may be gone for good: somebody removed it later. That a clear is newer says nothing if it is
     * that of a compaction, which is nobody's wish.
     */
    boolean mayBeGone(String key, VersionedValue held, Stamp clear) {
        return clear.after(held.stamp()) && (clear.author() != Stamp.LO || held.isTombstone()
                || removed.getOrDefault(key, Map.of()).values().stream().anyMatch(at -> at.after(held.stamp().written())));
    }

    /** The write of a value, by an author and after a stamp, or null. */
    Write writeOf(String key, Object value, long author, Stamp since) {
        return byValue.getOrDefault(String.valueOf(value), List.of()).stream()
                .filter(write -> write.author() == author && write.stampOf(key).after(since)).findFirst().orElse(null);
    }

    /** Whether a key was written so by who is said to have written it, and then. */
    boolean wasWritten(String key, MergeReport.Version version) {
        return writes.values().stream().anyMatch(write -> write.author() == version.author().id().value()
                && write.stampOf(key).millis() == version.when().toEpochMilli()
                && (version.value().isPresent() ? version.value().get().equals(write.values().get(key))
                        : write.values().containsKey(key) ? write.values().get(key) == null : write.clears()));
    }

    /** Whether somebody has ever written a value of a key. */
    boolean wrote(String key, long author) {
        return writes.values().stream().anyMatch(write -> write.author() == author && write.values().get(key) != null);
    }

    /** Whether anybody removed a key after a time. */
    boolean removed(String key, Stamp since) {
        return removed.getOrDefault(key, Map.of()).values().stream().anyMatch(at -> at.after(since));
    }

    /** Whether somebody removed a key after a time. */
    boolean removed(String key, long author, Stamp since) {
        return removed.getOrDefault(key, Map.of()).getOrDefault(author, Stamp.ZERO).after(since);
    }

    void found(Wrong what, Scheduler scheduler, String text) {
        wrongs.merge(what, 1, Integer::sum);
        if (findings.size() < 20) {
            findings.add(what + " at " + scheduler.millis() + " ms: " + text.replaceAll("\\.{9,}", "…"));
        }
    }

    boolean isClean() {
        return wrongs.isEmpty();
    }

    /** Whether something was found that tells of a flaw, or anything if there is none. */
    boolean shows(Flaw flaw) {
        return finding(flaw) != null;
    }

    String finding(Flaw flaw) {
        return findings.stream().filter(finding -> flaw.sign().matcher(finding).find()
                && (flaw == Flaw.NONE || !finding.contains(THREW))).findFirst().orElse(null);
    }
}
