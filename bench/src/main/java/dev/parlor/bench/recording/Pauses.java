package dev.parlor.bench.recording;

import dev.parlor.bench.peer.Recorder;
import dev.parlor.bench.recording.Intervals.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * What made calls long: each is compared with the collector's pauses and safepoints that overlap it, and with what the scheduler
 * says of its thread; what is left has another cause.
 */
public final class Pauses {
    private static final String LIBRARY = "dev.parlor.internal.";
    /** Of a call that is told of, so much of what ran meanwhile is named. */
    private static final int NAMED = 6;

    /**
     * A long call.
     *
     * @param what put or get
     * @param begin when it began, in nanoseconds
     * @param nanos how long it took
     * @param collectorNanos how much of it was a pause of the collector
     * @param stoppedNanos how much of it was any pause of the whole JVM, the collector's included
     * @param waitedNanos how much of it its thread could have run and had no core
     */
    public record Call(String what, long begin, long nanos, long collectorNanos, long stoppedNanos, long waitedNanos) {
        /** What the collector does not account for. */
        public long otherNanos() {
            return nanos - collectorNanos;
        }

        /** What neither a pause of the JVM nor the scheduler accounts for. */
        public long unexplainedNanos() {
            return Math.max(0, nanos - stoppedNanos - waitedNanos);
        }
    }

    /** Where a thread was, or that it waited from here to there. */
    private record Place(Interval when, String text) {}

    private final List<Interval> collector = new ArrayList<>();
    private final Map<Long, Long> safepointBegins = new HashMap<>();
    private final List<Interval> stops = new ArrayList<>();
    private final List<RecordedEvent> longCalls = new ArrayList<>();
    private final List<Interval> overslept = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    private Pauses() {}

    /** Those of a recording. */
    public static Pauses of(Path recording) throws IOException {
        Pauses pauses = new Pauses();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                pauses.add(file.readEvent());
            }
        }
        pauses.compare();
        return pauses;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.GCPhasePause" -> collector.add(when(event));
            case "jdk.SafepointBegin" -> safepointBegins.put(event.getLong("safepointId"), nanos(event.getStartTime()));
            case "jdk.SafepointEnd" -> {
                Long begin = safepointBegins.remove(event.getLong("safepointId"));
                if (begin != null) {
                    stops.add(new Interval(begin, nanos(event.getEndTime())));
                }
            }
            case Recorder.LONG_CALL -> longCalls.add(event);
            case Recorder.OVERSLEPT -> {
                Interval slept = when(event);
                overslept.add(new Interval(slept.begin() + Recorder.SLEEP_NANOS, slept.end()));
            }
            case "jdk.ExecutionSample" -> addPlace(event, event.getThread("sampledThread").getJavaName(), "");
            case "jdk.ThreadPark", "jdk.JavaMonitorEnter" -> addPlace(event, event.getThread().getJavaName(), " waits");
            default -> { }
        }
    }

    /** Only what is the library's. */
    private void addPlace(RecordedEvent event, String thread, String waits) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack != null) {
            stack.getFrames().stream().filter(RecordedFrame::isJavaFrame).map(Pauses::name)
                    .filter(name -> name.startsWith(LIBRARY)).findFirst()
                    .ifPresent(name -> places.add(new Place(when(event), thread + waits + " in "
                            + name.substring(LIBRARY.length()))));
        }
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static Interval when(RecordedEvent event) {
        return new Interval(nanos(event.getStartTime()), nanos(event.getEndTime()));
    }

    private static long nanos(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }

    private void compare() {
        Intervals collecting = new Intervals(collector);
        Intervals stopped = stopped();
        for (RecordedEvent event : longCalls) {
            Interval when = when(event);
            calls.add(new Call(event.getString("what"), when.begin(), when.nanos(), collecting.within(when.begin(), when.end()),
                    stopped.within(when.begin(), when.end()), event.getLong("waitedNanos")));
        }
        calls.sort(Comparator.comparingLong(Call::unexplainedNanos).reversed());
    }

    private Intervals stopped() {
        List<Interval> all = new ArrayList<>(stops);
        all.addAll(collector);
        return new Intervals(all);
    }

    /** Those that took long, the least explained first. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The longest pause of the collector, in nanoseconds. */
    public long longestCollection() {
        return new Intervals(collector).longest();
    }

    /** The longest pause of the JVM that is no collection's, in nanoseconds. */
    public long longestOtherStop() {
        Intervals collecting = new Intervals(collector);
        return stops.stream().mapToLong(stop -> stop.nanos() - collecting.within(stop.begin(), stop.end())).max().orElse(0);
    }

    /** The most that a thread overslept that does nothing, but for pauses of the JVM, in nanoseconds: what the machine did. */
    public long longestOversleep() {
        Intervals stopped = stopped();
        return overslept.stream().mapToLong(each -> each.nanos() - stopped.within(each.begin(), each.end())).max().orElse(0);
    }

    /** Tells of a call, and where threads of this JVM were in the library meanwhile. */
    public String tell(Call call) {
        long end = call.begin() + call.nanos();
        Map<String, Long> seen = places.stream().filter(place -> place.when().begin() <= end && place.when().end() >= call.begin())
                .collect(Collectors.groupingBy(Place::text, Collectors.counting()));
        String where = seen.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(NAMED)
                .map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining("; "));
        return String.format(Locale.ROOT, "%s %.1f ms: collector %.1f, JVM stopped %.1f, no core %.1f, idle threads late %.1f, "
                        + "left %.1f; %s", call.what(), call.nanos() / 1e6, call.collectorNanos() / 1e6, call.stoppedNanos() / 1e6,
                call.waitedNanos() / 1e6, new Intervals(overslept).within(call.begin(), end) / 1e6,
                call.unexplainedNanos() / 1e6, where);
    }
}
