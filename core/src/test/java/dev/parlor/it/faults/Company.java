package dev.parlor.it.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was there when, as one participant was told. */
final class Company {
    private record Stay(long from, long to) {}

    private final Map<String, List<Stay>> stays = new HashMap<>();
    /** When anybody came or went. */
    private final List<Long> changes = new ArrayList<>();

    Company(Log log) {
        Map<String, Long> since = new HashMap<>();
        for (String[] line : log.lines()) {
            switch (line[0]) {
                case "I", "+" -> {
                    since.putIfAbsent(line[1], Long.parseLong(line[3]));
                    changes.add(Long.parseLong(line[3]));
                }
                case "-" -> {
                    long left = Long.parseLong(line[3]);
                    changes.add(left);
                    Long came = since.remove(line[1]);
                    if (came != null) {
                        stay(line[1], came, left);
                    }
                }
                default -> { }
            }
        }
        since.forEach((who, came) -> stay(who, came, Long.MAX_VALUE));
    }

    private void stay(String who, long from, long to) {
        stays.computeIfAbsent(who, each -> new ArrayList<>()).add(new Stay(from, to));
    }

    /** Whether somebody was there all the time. */
    boolean holds(String who, long from, long to) {
        return stays.getOrDefault(who, List.of()).stream().anyMatch(stay -> stay.from() <= from && to < stay.to());
    }

    /** Whether somebody was there all the time, and nobody else came or went either. */
    boolean unchangedWith(String who, long from, long to) {
        return holds(who, from, to) && changes.stream().noneMatch(time -> from <= time && time <= to);
    }
}
