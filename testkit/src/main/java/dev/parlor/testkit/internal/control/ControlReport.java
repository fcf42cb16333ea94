package dev.parlor.testkit.internal.control;

import dev.parlor.Entry;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.testkit.internal.argument.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a person needs to see why a wait was in vain. */
final class ControlReport {
    /** Of each kind; what is beyond is counted. */
    private static final int SHOWN = 50;
    /** A value longer than this is cut. */
    private static final int SHOWN_CHARS = 200;

    private ControlReport() {}

    static String of(ControlState state) {
        Room room = state.room();
        return "\nIn the control room " + room.name() + ", as seen by \"" + room.me().name() + "\":"
                + list("published", published(room))
                + list("arrived", arrived(room))
                + list("present", room.participants().stream().map(Participant::name).toList())
                + list("left", left(state))
                + list("JVMs", state.jvms().stream().map(each -> each.state().get()).toList());
    }

    private static String list(String what, List<String> items) {
        if (items.isEmpty()) {
            return "\n  " + what + ": none";
        }
        String more = items.size() > SHOWN ? "\n    and " + (items.size() - SHOWN) + " more" : "";
        return "\n  " + what + ":"
                + items.stream().limit(SHOWN).map(each -> "\n    " + each).collect(Collectors.joining()) + more;
    }

    private static List<String> published(Room room) {
        return room.sessionData().snapshot().keySet().stream().filter(key -> key.startsWith(ControlState.PUBLISHED)).sorted()
                .flatMap(key -> room.sessionData().entry(key).stream()).map(ControlReport::text).toList();
    }

    private static String text(Entry entry) {
        String value = String.valueOf(entry.value());
        return "\"" + entry.key().substring(ControlState.PUBLISHED.length()) + "\" = "
                + (value.length() > SHOWN_CHARS ? value.substring(0, SHOWN_CHARS) + "…" : value)
                + " (" + entry.value().getClass().getSimpleName() + ") by " + entry.author().name();
    }

    private static List<String> arrived(Room room) {
        Map<String, Set<String>> barriers = new TreeMap<>();
        for (Barriers.Arrival each : Barriers.arrivals(room)) {
            barriers.computeIfAbsent("at \"" + each.barrier() + "\", use " + each.generation(), any -> new TreeSet<>())
                    .add(each.name());
        }
        return barriers.entrySet().stream().map(each -> each.getKey() + ": " + String.join(", ", each.getValue())).toList();
    }

    private static List<String> left(ControlState state) {
        Set<ParticipantId> present = state.room().participants().stream().map(Participant::id).collect(Collectors.toSet());
        Instant now = Instant.now();
        return state.departures().stream().filter(each -> !present.contains(each.event().participant().id()))
                .map(each -> each.event().participant().name() + " " + each.event().reason() + " at " + each.at() + ", "
                        + Patience.text(Duration.between(each.at(), now)) + " ago").toList();
    }
}
