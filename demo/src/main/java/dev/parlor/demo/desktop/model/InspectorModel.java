package dev.parlor.demo.desktop.model;

import dev.parlor.Author;
import dev.parlor.Entry;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.RoomStats;
import dev.parlor.SessionData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the inspector shows: the room as Parlor sees it. For one thread. */
public final class InspectorModel {
    /** Entries shown at most. A room may have a million; nobody reads more than a filter leaves. */
    public static final int MAX_ROWS = 500;
    /** Samples kept, one a second: the last three minutes. */
    public static final int SAMPLES = 180;
    private static final int MAX_VALUE_CHARS = 200;

    private final Room room;
    private final Clock clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Deque<Rates> samples = new ArrayDeque<>();
    private RoomStats last;
    /** Null if none was seen. */
    private Instant lastRepair;
    private long lastNanos;

    private record Seen(Object value, Instant at, ParticipantId author, Instant changed) {}

    /**
     * An entry as it is shown.
     *
     * @param key its key
     * @param value its value as text, cut if it is long
     * @param author who wrote it
     * @param at when, in the room's time
     * @param age how long ago
     * @param sinceChange how long this window has shown it so
     */
    public record Row(String key, String value, String author, Instant at, Duration age, Duration sinceChange) {}

    /**
     * Rows and how many there would be.
     *
     * @param rows at most {@link #MAX_ROWS}
     * @param matching how many match the filter
     */
    public record Rows(List<Row> rows, int matching) {}

    /**
     * What came and went in a second.
     *
     * @param framesSent frames, one to all counted once
     * @param framesReceived frames
     * @param bytesSent bytes of the frames
     * @param bytesReceived bytes of the frames
     * @param writes writes of a key that were news here
     * @param messages app-messages
     */
    public record Rates(double framesSent, double framesReceived, double bytesSent, double bytesReceived, double writes,
            double messages) {
        /** Of when nothing was measured yet. */
        public static final Rates NONE = new Rates(0, 0, 0, 0, 0, 0);

        private static Rates between(RoomStats before, RoomStats after, double seconds) {
            return new Rates((after.framesSent() - before.framesSent()) / seconds,
                    (after.framesReceived() - before.framesReceived()) / seconds,
                    (after.bytesSent() - before.bytesSent()) / seconds,
                    (after.bytesReceived() - before.bytesReceived()) / seconds,
                    (after.writesApplied() - before.writesApplied()) / seconds,
                    (after.messagesReceived() - before.messagesReceived()) / seconds);
        }
    }

    public InspectorModel(Room room, Clock clock) {
        this.room = room;
        this.clock = clock;
    }

    /** Entries whose key contains a text. */
    public Rows rows(String filter) {
        String wanted = filter.strip().toLowerCase(Locale.ROOT);
        SessionData data = room.sessionData();
        List<String> keys = new ArrayList<>();
        for (String key : data.asMap().keySet()) {
            if (wanted.isEmpty() || key.toLowerCase(Locale.ROOT).contains(wanted)) {
                keys.add(key);
            }
        }
        Collections.sort(keys);
        Instant now = clock.instant();
        List<Row> rows = keys.stream().limit(MAX_ROWS)
                .flatMap(key -> data.entry(key).stream())
                .map(entry -> row(entry, now))
                .toList();
        seen.keySet().removeIf(key -> !data.containsKey(key));
        return new Rows(rows, keys.size());
    }

    private Row row(Entry entry, Instant now) {
        Author author = entry.author();
        Seen before = seen.get(entry.key());
        // Two may write it within one millisecond, or one twice.
        if (before == null || !before.at().equals(entry.at()) || !before.author().equals(author.id())
                || !before.value().equals(entry.value())) {
            before = new Seen(entry.value(), entry.at(), author.id(), now);
            seen.put(entry.key(), before);
        }
        String value = String.valueOf(entry.value());
        return new Row(entry.key(), value.length() > MAX_VALUE_CHARS ? value.substring(0, MAX_VALUE_CHARS) + "…" : value,
                author.name(), entry.at(), Duration.between(entry.at(), now), Duration.between(before.changed(), now));
    }

    /** Takes a sample of what came and went since the last one. Call it about once a second. */
    public void sample(long nanoTime) {
        RoomStats now = room.stats();
        if (last != null && nanoTime > lastNanos) {
            samples.addLast(Rates.between(last, now, (nanoTime - lastNanos) / 1e9));
            if (now.repairs() > last.repairs()) {
                lastRepair = clock.instant();
            }
            while (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
        }
        last = now;
        lastNanos = nanoTime;
    }

    /** The samples, the oldest first. */
    public List<Rates> samples() {
        return List.copyOf(samples);
    }

    private String sync(RoomStats stats) {
        return switch (room.status()) {
            case RECONNECTING -> "cut off from the others";
            case ALONE -> "alone";
            default -> stats.inSync() ? "in sync" : "not in sync";
        };
    }

    /** The replica in one line: whether it has what the others have, and what it holds. */
    public String summary() {
        RoomStats stats = room.stats();
        return String.format(Locale.ROOT, "%s · digest %016x · %d entries, %d tombstones, %d bytes · repairs %d (%d entries%s) · "
                        + "frames missed %d, refused %d",
                sync(stats), stats.digest(), stats.entries(), stats.tombstones(),
                stats.sessionDataBytes(), stats.repairs(), stats.entriesRepaired(),
                lastRepair == null ? "" : ", the last " + Duration.between(lastRepair, clock.instant()).toSeconds() + " s ago",
                stats.framesMissed(), stats.framesRefused());
    }
}
