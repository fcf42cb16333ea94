package dev.parlor.sim;

import dev.parlor.MergeReport;
import dev.parlor.sim.History.Write;
import dev.parlor.sim.History.Wrong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What several parts wrote while they were apart, in {@link Kind#MEETINGS}: what was lost is told to everybody, once. */
final class Meeting {
    private final World world;
    /** By key, and by part, the newest write. */
    private final Map<String, Map<Integer, Write>> apart = new TreeMap<>();

    Meeting(World world) {
        this.world = world;
    }

    void wrote(int slot, Write write) {
        Integer part = world.kind == Kind.MEETINGS ? world.cuts.partOf(slot) : null;
        if (part != null) {
            write.values().keySet().forEach(key -> apart.computeIfAbsent(key, each -> new HashMap<>())
                    .merge(part, write, (one, other) -> one.stampOf(key).after(other.stampOf(key)) ? one : other));
        }
    }

    void check() {
        List<String> lost = new ArrayList<>();
        apart.forEach((key, parts) -> parts.values().stream()
                .sorted((one, other) -> other.stampOf(key).compareTo(one.stampOf(key))).skip(1)
                .forEach(write -> lost.add(key + "=" + write.values().get(key))));
        lost.sort(null);
        for (Participant each : world.survivors()) {
            List<String> told = new ArrayList<>(each.witness.conflicts.stream().map(Meeting::replaced).toList());
            told.sort(null);
            if (world.kind == Kind.MEETINGS && !Objects.equals(told, lost)) {
                world.history.found(Wrong.VIOLATION, world.scheduler, each + " was told of the conflicts " + told
                        + ", lost was " + lost);
            }
        }
    }

    private static String replaced(MergeReport.Conflict conflict) {
        return conflict.key() + "=" + conflict.replaced().value().orElse(null);
    }
}
