package dev.parlor.demo.desktop.model;

import dev.parlor.ParlorException;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Sends what this window's participant says, and finds out whether the others have heard it. For the thread that the room delivers
 * on.
 */
final class Sayings {
    /** In which a line is events, or said to be uncertain: a cut is seen after some seven seconds. */
    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final String me;
    private final Clock clock;
    private final Executor events;
    private final MeetingListener listener;
    /** How many lines this window's participant has said. */
    private int said;

    /**
     * @param me this participant's name
     * @param clock the time of day
     * @param events runs what is to be done on the thread that the room delivers on
     */
    Sayings(String me, Clock clock, Executor events, MeetingListener listener) {
        this.me = me;
        this.clock = clock;
        this.events = events;
        this.listener = listener;
    }

    /** Says something to those who are there. Returns false if it could not be sent, which the log tells. */
    boolean say(Room where, Object message, String text, ChatLine.Kind kind, Participant... to) {
        // Taken before it is sent: whom the view has lost by the time of the confirmation may never have got it.
        List<Participant> audience = to.length > 0 ? List.of(to) : where.participants();
        boolean alone = where.participants().size() < 2;
        if (!send(where, message, to)) {
            return false;
        }
        tell(where, audience, new ChatLine(++said, "", clock.instant(), me, to.length == 0 ? "" : to[0].name(), text, kind,
                alone ? ChatLine.Heard.BY_NOBODY : ChatLine.Heard.NOT_YET));
        return true;
    }

    /** Says something to everyone, also to who comes a little late. Returns false if it could not be said, which the log tells. */
    boolean say(Room where, LastLines lines, String text) {
        List<Participant> audience = where.participants();
        try {
            ChatLine line = lines.add(said + 1, text, audience.size() < 2 ? ChatLine.Heard.KEPT : ChatLine.Heard.NOT_YET);
            said++;
            tell(where, audience, line);
            return true;
        } catch (ParlorException e) {
            notSent(e);
            return false;
        }
    }

    private void tell(Room where, List<Participant> audience, ChatLine line) {
        listener.said(line);
        if (line.heard() == ChatLine.Heard.NOT_YET) {
            confirm(where, line.number(), audience);
        }
    }

    /** Finds out whether what was just said was heard. */
    private void confirm(Room where, int number, List<Participant> audience) {
        try {
            // A flush does not wait for those who leave meanwhile, so they are looked for at its end; there, and not on the event
            // thread, which may come to it only when they are back.
            where.flushAsync(CONFIRM)
                    .handle((done, late) -> late == null && audience.stream().allMatch(each -> where.participant(each.id()).isPresent())
                            ? ChatLine.Heard.BY_ALL
                            : ChatLine.Heard.UNCERTAIN)
                    .thenAcceptAsync(heard -> listener.delivered(number, heard), events);
        } catch (ParlorException closed) {
            listener.delivered(number, ChatLine.Heard.UNCERTAIN);
        }
    }

    /** Says so where it cannot be sent: others take nothing any more, or have left, or it is too long. */
    boolean send(Room where, Object message, Participant... to) {
        try {
            if (to.length == 0) {
                where.send(message);
            } else {
                where.send(message, to);
            }
            return true;
        } catch (ParlorException e) {
            notSent(e);
            return false;
        }
    }

    private void notSent(ParlorException why) {
        listener.logged("! Not sent: " + why.getMessage());
    }
}
