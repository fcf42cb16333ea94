package dev.parlor.bench.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of time, in nanoseconds. */
final class Intervals {
    /** A stretch of time. */
    record Interval(long begin, long end) {
        long nanos() {
            return end - begin;
        }
    }

    private final List<Interval> merged = new ArrayList<>();

    /** Those that overlap count once. */
    Intervals(List<Interval> all) {
        List<Interval> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Interval::begin));
        for (Interval each : sorted) {
            Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && each.begin() <= last.end()) {
                merged.set(merged.size() - 1, new Interval(last.begin(), Math.max(last.end(), each.end())));
            } else {
                merged.add(each);
            }
        }
    }

    /** How much of a stretch lies in these. */
    long within(long begin, long end) {
        long nanos = 0;
        for (Interval each : merged) {
            nanos += Math.max(0, Math.min(end, each.end()) - Math.max(begin, each.begin()));
        }
        return nanos;
    }

    /** The longest of all. */
    long longest() {
        return merged.stream().mapToLong(Interval::nanos).max().orElse(0);
    }
}
