package dev.parlor.demo;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events as the chat shows them: {@code *} begins what happened in the room, {@code !} what is wrong, and all else is
 * what somebody said. What the user did here is not shown again, as its command has answered already.
 */
final class ChatEvents {
    private ChatEvents() {}

    /** What a person is told after the join. */
    static String welcome(Room room) {
        String others = room.participants().stream()
                .filter(who -> !who.local())
                .map(Participant::name)
                .collect(Collectors.joining(", "));
        return "* You are in the room \"" + room.name() + "\" as " + room.me().name() + ", "
                + (others.isEmpty() ? "the first one" : "with " + others) + ". /help says what you can do.";
    }

    /** The lines for an event; none if it is nothing to a person. */
    static List<String> lines(RoomEvent event) {
        if (event instanceof SessionDataChanged changed) {
            return changed.changes().stream()
                    .filter(change -> change.cause() != Change.Cause.LOCAL)
                    .map(change -> change(change.key(), change.oldValue(), change.newValue()) + ", by "
                            + change.author().name())
                    .toList();
        }
        if (event instanceof MergeReport report) {
            return merged(report);
        }
        return line(event).stream().toList();
    }

    /** What both parts of a room that was cut in two had changed: who was overruled may want to say it again. */
    private static List<String> merged(MergeReport report) {
        Stream<String> conflicts = report.conflicts().stream().map(conflict -> "* Both sides had changed "
                + conflict.key() + ": " + version(conflict.kept()) + " is kept, " + version(conflict.replaced())
                + " is not");
        Stream<String> omitted = report.omitted() == 0
                ? Stream.of()
                : Stream.of("* Both sides had changed " + report.omitted() + " more");
        return Stream.concat(conflicts, omitted).toList();
    }

    private static String version(MergeReport.Version version) {
        return version.value().map(String::valueOf).orElse("nothing") + " by " + version.author().name();
    }

    private static Optional<String> line(RoomEvent event) {
        if (event instanceof ParticipantJoined joined) {
            return Optional.of("* " + joined.participant().name() + " joined");
        }
        if (event instanceof ParticipantLeft left) {
            return Optional.of("* " + left.participant().name() + switch (left.reason()) {
                case CLOSED -> " left";
                case LOST -> " is lost (its program ended without leaving, or the network is cut)";
            });
        }
        if (event instanceof ParticipantUpdated updated) {
            return hand(updated);
        }
        if (event instanceof MessageReceived message) {
            String text = message.payload() instanceof Chat chat ? chat.text() : String.valueOf(message.payload());
            return Optional.of(message.from().name() + (message.direct() ? " (to you alone): " : ": ") + text);
        }
        if (event instanceof HostChanged changed) {
            return Optional.of(changed.host().local() ? "* You are the host now" : "* " + changed.host().name()
                    + " is the host now");
        }
        if (event instanceof StatusChanged changed) {
            return status(changed.oldStatus(), changed.newStatus()).map(text -> "* " + text);
        }
        if (event instanceof Warning warning) {
            return Optional.of("! " + warning.message());
        }
        return Optional.empty();
    }

    private static Optional<String> hand(ParticipantUpdated updated) {
        boolean up = handUp(updated.participant().userData());
        if (updated.participant().local() || up == handUp(updated.oldUserData())) {
            return Optional.empty();
        }
        return Optional.of("* " + updated.participant().name() + (up ? " raised a hand" : " lowered the hand"));
    }

    private static boolean handUp(Optional<Object> userData) {
        return userData.filter(Profile.class::isInstance).map(Profile.class::cast).map(Profile::handUp).orElse(false);
    }

    private static Optional<String> status(RoomStatus before, RoomStatus now) {
        if (before == now) {
            return Optional.empty();
        }
        return switch (now) {
            // At the join the welcome says it.
            case ALONE -> before == RoomStatus.CONNECTING || before == RoomStatus.SYNCING
                    ? Optional.empty()
                    : Optional.of("You are alone in the room");
            case RECONNECTING -> Optional.of("All others vanished at once: reconnecting; you can go on meanwhile");
            // Who has joined is announced by itself.
            case LIVE -> before == RoomStatus.RECONNECTING ? Optional.of("Back with the others") : Optional.empty();
            case CONNECTING, SYNCING, CLOSED -> Optional.empty();
        };
    }

    /** A key's change in words. */
    static String change(String key, Optional<Object> before, Optional<Object> now) {
        if (now.isEmpty()) {
            return "* " + key + ": removed" + before.map(value -> ", it was " + value).orElse("");
        }
        return "* " + key + ": " + before.map(value -> value + " -> ").orElse("") + now.get();
    }
}
