package dev.parlor.sim;

import dev.parlor.MergeReport;
import dev.parlor.sim.History.Write;
import dev.parlor.sim.History.Wrong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What several parts wrote while they were apart, in {@link Kind#MEETINGS}: what was lost is told to everybody, once. What is
 * written while they find each other and are compared may be left out, and what it replaces; nothing else is ever told.
 */
final class Meeting {
    private final World world;
    /** By key, and by part, the newest write. */
    private final Map<String, Map<Integer, Write>> apart = new TreeMap<>();
    /** All that was written since the network fell apart. */
    private final List<String> since = new ArrayList<>();
    /** The keys that were written since it is whole again. */
    private final Set<String> meanwhile = new HashSet<>();

    Meeting(World world) {
        this.world = world;
    }

    void wrote(int slot, Write write) {
        if (world.kind != Kind.MEETINGS || world.history.partitions == 0) {
            return;
        }
        write.values().forEach((key, value) -> since.add(key + "=" + value));
        Integer part = world.cuts.partOf(slot);
        if (part == null) {
            meanwhile.addAll(write.values().keySet());
        } else {
            write.values().keySet().forEach(key -> apart.computeIfAbsent(key, each -> new HashMap<>())
                    .merge(part, write, (one, other) -> one.stampOf(key).after(other.stampOf(key)) ? one : other));
        }
    }

    void check() {
        if (world.kind != Kind.MEETINGS) {
            return;
        }
        List<String> lost = new ArrayList<>();
        apart.forEach((key, parts) -> parts.values().stream()
                .sorted((one, other) -> other.stampOf(key).compareTo(one.stampOf(key))).skip(1)
                .forEach(write -> lost.add(key + "=" + write.values().get(key))));
        lost.removeIf(each -> isOf(meanwhile, each));
        lost.sort(null);
        for (Participant each : world.survivors()) {
            List<String> all = each.witness.conflicts.stream().map(Meeting::replaced).toList();
            List<String> told = new ArrayList<>(all);
            told.removeIf(one -> isOf(meanwhile, one));
            told.sort(null);
            if (!told.equals(lost)) {
                world.history.found(Wrong.VIOLATION, world.scheduler, each + " was told of the conflicts " + told
                        + ", lost was " + lost);
            }
            List<String> tooMuch = new ArrayList<>(all);
            since.forEach(tooMuch::remove);
            if (!tooMuch.isEmpty()) {
                world.history.found(Wrong.VIOLATION, world.scheduler, each + " was told of the conflicts " + all
                        + ", but not lost, or told twice, was " + tooMuch);
            }
        }
    }

    private static boolean isOf(Set<String> keys, String write) {
        return keys.contains(write.substring(0, write.indexOf('=')));
    }

    private static String replaced(MergeReport.Conflict conflict) {
        return conflict.key() + "=" + conflict.replaced().value().orElse(null);
    }
}
