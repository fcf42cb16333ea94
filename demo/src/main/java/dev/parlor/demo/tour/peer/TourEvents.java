package dev.parlor.demo.tour.peer;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import java.util.List;
import java.util.Optional;

/** Events as lines of the tour's protocol, and those lines as text for the transcript. */
public final class TourEvents {
    /** Stands for "no value" in a line, where a text would be in quotes. */
    public static final String NOTHING = "nothing";

    private TourEvents() {}

    /** A line for each thing that happened; the size of a change is in each of its lines, for it to be seen as one. */
    public static List<Line> lines(RoomEvent event) {
        if (event instanceof SessionDataChanged changed) {
            String together = Integer.toString(changed.changes().size());
            return changed.changes().stream().map(change -> line(change, together)).toList();
        }
        return line(event).stream().toList();
    }

    private static Optional<Line> line(RoomEvent event) {
        if (event instanceof ParticipantJoined joined) {
            return Optional.of(Line.of("joined", joined.participant().name()));
        }
        if (event instanceof ParticipantLeft left) {
            return Optional.of(Line.of("left", left.participant().name(), left.reason().name()));
        }
        if (event instanceof ParticipantUpdated updated) {
            return updated.participant().userData(Profile.class)
                    .map(profile -> Line.of("hand", updated.participant().name(), TourPeer.hand(profile)));
        }
        if (event instanceof MessageReceived message && message.payload() instanceof Chat chat) {
            return Optional.of(Line.of("message", message.from().name(), message.direct() ? "direct" : "all", chat.text()));
        }
        if (event instanceof HostChanged changed) {
            return Optional.of(Line.of("host", changed.host().name()));
        }
        if (event instanceof StatusChanged changed && changed.oldStatus() != changed.newStatus()) {
            return Optional.of(Line.of("status", changed.oldStatus().name(), changed.newStatus().name()));
        }
        if (event instanceof Warning warning) {
            return Optional.of(Line.of("warning", warning.kind().name(), warning.message()));
        }
        return Optional.empty();
    }

    private static Line line(Change change, String together) {
        return Line.of("changed", change.key(), quoted(change.oldValue()), quoted(change.newValue()),
                change.author().name(), together);
    }

    static String quoted(Optional<Object> value) {
        return value.map(there -> "\"" + there + "\"").orElse(NOTHING);
    }

    /** What a line says, for a reader. */
    public static String text(Line line) {
        return switch (line.kind()) {
            case "joined" -> line.argument(0) + " joined";
            case "left" -> line.argument(0) + " left: " + line.argument(1);
            case "hand" -> line.argument(0) + "'s hand is " + line.argument(1);
            case "message" -> "\"" + line.argument(2) + "\" from " + line.argument(0)
                    + (line.argument(1).equals("direct") ? ", to it alone" : "");
            case "host" -> line.argument(0) + " is the host now";
            case "changed" -> line.argument(0) + " = " + line.argument(1) + " -> " + line.argument(2) + ", by "
                    + line.argument(3);
            case "status" -> "its status is " + line.argument(1) + " now, it was " + line.argument(0);
            default -> String.join(" ", line.words());
        };
    }
}
