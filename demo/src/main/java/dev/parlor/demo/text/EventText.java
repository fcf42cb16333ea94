package dev.parlor.demo.text;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Events in words: {@code *} begins what happened in the room, {@code !} what is wrong. What the user did here is not told
 * again, as it has been seen already; nor what somebody said, which is shown elsewhere.
 */
public final class EventText {
    private EventText() {}

    /** The lines for an event; none if it is nothing to a person. */
    public static List<String> lines(RoomEvent event) {
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

    /**
     * What somebody did with its hand.
     *
     * @param handUp whether user data says that the hand is up
     */
    public static Optional<String> hand(ParticipantUpdated updated, Predicate<Object> handUp) {
        boolean up = updated.participant().userData().filter(handUp).isPresent();
        if (updated.participant().local() || up == updated.oldUserData().filter(handUp).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("* " + updated.participant().name() + (up ? " raised a hand" : " lowered the hand"));
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
    public static String change(String key, Optional<Object> before, Optional<Object> now) {
        if (now.isEmpty()) {
            return "* " + key + ": removed" + before.map(value -> ", it was " + value).orElse("");
        }
        return "* " + key + ": " + before.map(value -> value + " -> ").orElse("") + now.get();
    }
}
