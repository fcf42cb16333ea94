package dev.parlor.testkit.internal.room;

import dev.parlor.Entry;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.RoomStats;
import dev.parlor.internal.facade.Backstage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What replicas have and in what they differ, in words for somebody whose test has failed. */
public final class Differences {
    /** Keys told of each replica: a failure that says all of a million is read by nobody. */
    private static final int MAX_KEYS = 30;
    private static final int MAX_CHARS = 200;

    private Differences() {}

    /** Whether all hold the same. */
    public static boolean agree(List<Room> rooms) {
        Set<Object> held = new HashSet<>();
        for (Room room : rooms) {
            held.add(List.of(room.stats().digest(), people(room), Backstage.userVersions(room)));
        }
        return held.size() <= 1;
    }

    private static Map<ParticipantId, Object> people(Room room) {
        Map<ParticipantId, Object> people = new HashMap<>();
        for (Participant each : room.participants()) {
            people.put(each.id(), each.name());
        }
        return people;
    }

    /** What one room holds. */
    public static String describe(Room room) {
        return describe(List.of(room), keys(List.of(room), room.sessionData().asMap().keySet()));
    }

    /** In what rooms differ. */
    public static String describe(List<Room> rooms) {
        Set<String> all = new TreeSet<>();
        rooms.forEach(room -> all.addAll(room.sessionData().asMap().keySet()));
        Set<String> differing = new TreeSet<>();
        for (String key : all) {
            Set<Object> versions = new HashSet<>();
            for (Room room : rooms) {
                versions.add(room.sessionData().entry(key).map(Differences::version));
            }
            if (versions.size() > 1) {
                differing.add(key);
            }
        }
        return describe(rooms, keys(rooms, differing))
                + (differing.isEmpty() ? "\n  (no key differs: see who is present, user data, and who is in sync)" : "");
    }

    private static Object version(Entry entry) {
        return List.of(entry.at(), entry.author().id(), String.valueOf(entry.value()));
    }

    private static Map<String, Map<Room, Optional<Entry>>> keys(List<Room> rooms, Set<String> wanted) {
        Map<String, Map<Room, Optional<Entry>>> keys = new TreeMap<>();
        wanted.forEach(key -> keys.put(key, rooms.stream().collect(
                Collectors.toMap(Function.identity(), room -> room.sessionData().entry(key)))));
        return keys;
    }

    private static String describe(List<Room> rooms, Map<String, Map<Room, Optional<Entry>>> keys) {
        StringBuilder text = new StringBuilder();
        TestSurroundings on = rooms.isEmpty() ? null : TestSurroundings.around(rooms.get(0));
        if (on != null) {
            text.append("\n(on ").append(on).append(")");
        }
        for (Room room : rooms) {
            RoomStats stats = room.stats();
            text.append("\n\n").append(room.me().name()).append(" (").append(room.me().id()).append("), ").append(room.status())
                    .append(stats.inSync() ? ", in sync" : ", not in sync").append(String.format(", digest %016x", stats.digest()))
                    .append(", ").append(stats.entries()).append(" keys");
            text.append("\n  participants: ").append(room.participants().stream().map(Differences::person).toList());
            keys.entrySet().stream().limit(MAX_KEYS).forEach(key -> text.append("\n  ").append(key.getKey()).append(" = ")
                    .append(entry(key.getValue().get(room))));
            if (keys.size() > MAX_KEYS) {
                text.append("\n  … and ").append(keys.size() - MAX_KEYS).append(" more keys");
            }
            TestSurroundings around = TestSurroundings.around(room);
            if (around != null) {
                text.append("\n  last events:");
                around.of(room).log().events().forEach(event -> text.append("\n    ").append(event));
            }
        }
        return text.toString();
    }

    private static String person(Participant each) {
        return each.name() + " (" + each.id() + ")" + each.userData().map(data -> " " + shortly(data)).orElse("");
    }

    private static String entry(@Nullable Optional<Entry> held) {
        return held == null || held.isEmpty() ? "(nothing)" : entry(held.get());
    }

    private static String entry(Entry entry) {
        return typed(entry.value()) + "   by " + entry.author().name() + " (" + entry.author().id() + ") at " + entry.at();
    }

    /** A value with its class, as of two that look the same. */
    public static String typed(@Nullable Object value) {
        return shortly(value) + (value == null ? "" : " (" + value.getClass().getSimpleName() + ")");
    }

    private static String shortly(@Nullable Object value) {
        String text = Objects.toString(value);
        return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
    }
}
