package dev.parlor.demo.desktop.model;

import dev.parlor.Change;
import dev.parlor.Key;
import dev.parlor.KeyFamily;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.SessionDataChanged;
import dev.parlor.demo.desktop.model.join.BreakoutSeat;
import dev.parlor.demo.desktop.model.join.EventQueue;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.StateReader;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import dev.parlor.demo.desktop.state.Announcement;
import dev.parlor.demo.desktop.state.Chat;
import dev.parlor.demo.desktop.state.Experiment;
import dev.parlor.demo.desktop.state.Keys;
import dev.parlor.demo.desktop.state.Pointer;
import dev.parlor.demo.desktop.state.Poll;
import dev.parlor.demo.desktop.state.Presence;
import dev.parlor.demo.desktop.state.Question;
import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.demo.desktop.state.Scene;
import dev.parlor.demo.text.EventText;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * A room as the app uses it: what can be done in it, and what is to be shown. For one thread, the one that the room delivers
 * on. Nothing here waits for the network.
 */
public final class Meeting {
    /** Keys that changed together and are told one by one; more are told as a number. */
    private static final int MAX_CHANGES_TOLD = 20;

    private final Room room;
    private final MeetingListener listener;
    private final Outside outside;
    private final boolean canBreak;
    private final EventQueue events;
    private final BreakoutSeat breakout;
    private final Sayings sayings;
    private final LastLines lastLines;
    private boolean left;

    /**
     * What comes from outside.
     *
     * @param clock the time of day
     * @param background closes rooms, which may wait for the network
     * @param crash ends the program at once; see {@link Experiment#CRASH}
     * @param events runs what is to be done on the thread that the room delivers on
     */
    public record Outside(Clock clock, Executor background, Runnable crash, Executor events) {}

    /**
     * @param events what the room's builder was told to deliver to
     * @param breakouts joins breakout rooms
     * @param canBreak whether others may end this program: only among windows of this machine
     */
    public Meeting(Room room, EventQueue events, BreakoutSeat.Joiner breakouts, boolean canBreak, Outside outside,
            MeetingListener listener) {
        this.room = room;
        this.events = events;
        this.listener = listener;
        this.outside = outside;
        this.canBreak = canBreak;
        this.sayings = new Sayings(room.me().name(), outside.clock(), outside.events(), listener);
        this.lastLines = new LastLines(room, outside.clock(), listener::said);
        this.breakout = new BreakoutSeat(room.name(), breakouts, event -> hear(event, ChatLine.Kind.BREAKOUT),
                listener::stateChanged, problem -> listener.logged("! The breakout room cannot be joined: " + problem),
                outside.background());
    }

    /** Begins to tell the listener what happens, all since the join first, and goes where the session data says. */
    public void begin() {
        events.deliverTo(event -> hear(event, ChatLine.Kind.ROOM));
        lastLines.begin();
        follow();
    }

    /** What is to be shown now. */
    public MeetingState state() {
        return StateReader.read(room);
    }

    /** Where people are heard and seen who are in the same breakout room; empty if in none, or not there yet. */
    public Optional<Room> breakoutRoom() {
        return breakout.room();
    }

    /** The room, for the inspector. */
    public Room room() {
        return room;
    }

    // The stage.

    public void show(Scene scene) {
        room.sessionData().put(Keys.SCENE, scene);
    }

    public void bringToStage(ParticipantId who, boolean on) {
        putOrRemove(Keys.ON_STAGE.key(who.toString()), true, on);
    }

    public void raiseHand(boolean up) {
        share(presence -> presence.withHandUp(up));
    }

    /** Says what this participant does: the first {@link TextLimits#STATUS} characters of it. */
    public void setStatus(String text) {
        share(presence -> presence.withStatus(TextLimits.beginning(text.strip(), TextLimits.STATUS)));
    }

    /** Points at a place of the stage. Called as often as the mouse moves: user data is conflated, so nobody falls behind. */
    public void point(Pointer at) {
        share(presence -> presence.withPointer(at));
    }

    public void react(Reaction reaction) {
        if (sayings.send(room, reaction)) {
            listener.reacted(room.me().id(), reaction);
        }
    }

    /** Sets the session-wide message, or takes it away if it is blank. */
    public void setBanner(String text) {
        putOrRemove(Keys.BANNER, text.strip(), !text.isBlank());
    }

    // Polls and questions.

    /**
     * Makes a poll.
     *
     * @return its id
     */
    public String createPoll(String question, List<String> options) {
        String id = Keys.newId();
        room.sessionData().family(Keys.POLLS).put(id, new Poll(question, options));
        return id;
    }

    /** Votes, or changes the vote. */
    public void vote(String poll, int option) {
        room.sessionData().family(Keys.VOTES).put(Keys.of(poll, room.me().id()), option);
    }

    public void closePoll(String poll, boolean closed) {
        putOrRemove(Keys.CLOSED.key(poll), true, closed);
    }

    /**
     * Asks the session something.
     *
     * @return the question's id
     */
    public String ask(String text) {
        String id = Keys.newId();
        room.sessionData().family(Keys.QUESTIONS).put(id, new Question(text.strip()));
        return id;
    }

    public void upvote(String question, boolean up) {
        putOrRemove(Keys.UPVOTES.key(Keys.of(question, room.me().id())), true, up);
    }

    public void markAnswered(String question, boolean answered) {
        putOrRemove(Keys.ANSWERED.key(question), true, answered);
    }

    // The chat.

    /** In which breakout room what is said is heard now; empty in the main room. */
    public String place() {
        return breakout.room().map(Room::name).orElse("");
    }

    /**
     * Says something to all who are in the same room. In the main room that is everyone, and who comes a little late sees it too; a
     * breakout room is for those who are in it.
     *
     * @param place in which room, as {@link #place} gave it when it was written
     * @return false if this participant is in another by now: nobody has heard it; or it could not be sent, which the log tells
     */
    public boolean say(String text, String place) {
        if (!place.equals(place())) {
            return false;
        }
        return breakout.room().map(where -> sayings.say(where, new Chat(text), text, ChatLine.Kind.BREAKOUT))
                .orElseGet(() -> sayings.say(room, lastLines, text));
    }

    /**
     * Says something to one.
     *
     * @return false if that one has left, or it could not be sent: nobody has heard it
     */
    public boolean sayTo(ParticipantId who, String text) {
        Optional<Participant> to = room.participant(who);
        return to.isPresent() && sayings.say(room, new Chat(text), text, ChatLine.Kind.ROOM, to.get());
    }

    /**
     * Says something to all, in whatever breakout room they are.
     *
     * @return false if it could not be sent, which the log tells
     */
    public boolean announce(String text) {
        return sayings.say(room, new Announcement(text), text, ChatLine.Kind.ANNOUNCEMENT);
    }

    public void setTyping(boolean typing) {
        share(presence -> presence.withTyping(typing));
    }

    // Breakout rooms.

    /**
     * Makes a breakout room.
     *
     * @return its id
     */
    public String openBreakout(String name) {
        String id = Keys.newId();
        room.sessionData().family(Keys.BREAKOUTS).put(id, name.strip());
        return id;
    }

    /** Sends somebody to a breakout room; back to the main room if the id is empty. */
    public void assign(ParticipantId who, String breakoutId) {
        putOrRemove(Keys.SEATS.key(who.toString()), breakoutId, !breakoutId.isEmpty());
    }

    /** Calls everybody back and takes the breakout rooms away, as one change. */
    public void comeBackAll() {
        room.sessionData().update(batch -> {
            for (KeyFamily<String> family : List.of(Keys.SEATS, Keys.BREAKOUTS)) {
                room.sessionData().family(family).asMap().keySet().forEach(subKey -> batch.remove(family.key(subKey)));
            }
        });
    }

    // Experiments.

    /** Has everybody write one key at the same moment. */
    public void writeTheSameKey() {
        sayings.send(room, Experiment.WRITE_THE_SAME_KEY);
        writeContested();
    }

    /** Has another's program end as if it were killed; nothing if it has left. */
    public void crash(ParticipantId who) {
        room.participant(who).ifPresent(to -> sayings.send(room, Experiment.CRASH, to));
    }

    /**
     * Leaves, the breakout room too. From now on nothing is heard: what still comes while the room is closed in the background,
     * which waits a moment for what was written to arrive, must not bring this participant back to the breakout room.
     *
     * @param then run in the background when the room is closed
     */
    public void leave(Runnable then) {
        left = true;
        lastLines.close();
        breakout.close();
        outside.background().execute(() -> {
            room.close();
            then.run();
        });
    }

    private void writeContested() {
        room.sessionData().put(Keys.CONTESTED, "written by " + room.me().name() + " at " + outside.clock().instant());
    }

    private void share(UnaryOperator<Presence> change) {
        Presence now = room.me().userData(Presence.class).orElse(Presence.UNKNOWN);
        Presence then = change.apply(now);
        if (!then.equals(now)) {
            room.setUserData(then);
        }
    }

    private <V> void putOrRemove(Key<V> key, V value, boolean put) {
        if (put) {
            room.sessionData().put(key, value);
        } else {
            room.sessionData().remove(key);
        }
    }

    private void hear(RoomEvent event, ChatLine.Kind where) {
        if (left) {
            return;
        }
        if (event instanceof MessageReceived message) {
            hear(message, where);
        } else {
            String place = where == ChatLine.Kind.BREAKOUT ? "(breakout room) " : "";
            lines(event).forEach(line -> listener.logged(place + line));
            if (event instanceof ParticipantUpdated updated) {
                EventText.hand(updated, Meeting::handUp).ifPresent(line -> listener.logged(place + line));
            }
            follow();
            listener.stateChanged();
        }
    }

    private void hear(MessageReceived message, ChatLine.Kind where) {
        Participant from = message.from();
        if (message.payload() instanceof Chat chat) {
            hear(from, message.direct() ? room.me().name() : "", chat.text(), where);
        } else if (message.payload() instanceof Announcement announcement) {
            hear(from, "", announcement.text(), ChatLine.Kind.ANNOUNCEMENT);
        } else if (message.payload() instanceof Reaction reaction) {
            listener.reacted(from.id(), reaction);
        } else if (message.payload() == Experiment.WRITE_THE_SAME_KEY) {
            writeContested();
        } else if (message.payload() == Experiment.CRASH) {
            crash(from);
        }
    }

    /** Obeys who wants this program to end, unless anybody on the network may have come in. */
    private void crash(Participant from) {
        if (canBreak) {
            outside.crash().run();
        } else {
            listener.logged("! " + from.name() + " wanted this window to end, which it does only among windows of this machine");
        }
    }

    private void hear(Participant from, String to, String text, ChatLine.Kind where) {
        listener.said(new ChatLine(0, "", outside.clock().instant(), from.name(), to, TextLimits.shown(text, TextLimits.TEXT), where,
                ChatLine.Heard.BY_ALL));
    }

    private static List<String> lines(RoomEvent event) {
        if (!(event instanceof SessionDataChanged changed)) {
            return EventText.lines(event);
        }
        if (changed.changes().size() > MAX_CHANGES_TOLD) {
            return List.of("* " + changed.changes().size() + " keys changed");
        }
        return changed.changes().stream().map(Meeting::line).toList();
    }

    private static String line(Change change) {
        if (change.cause() == Change.Cause.EXPIRED) {
            return "* " + change.key() + ": its time is over";
        }
        // In a log of events what one did oneself belongs between what others did.
        return EventText.change(change.key(), change.oldValue(), change.newValue()) + ", by "
                + (change.cause() == Change.Cause.LOCAL ? "you" : change.author().name());
    }

    /** Goes where the session data says that this participant sits. */
    private void follow() {
        if (room.status() != RoomStatus.CLOSED) {
            breakout.sit(room.sessionData().family(Keys.SEATS).get(room.me().id().toString()).orElse(""));
        }
    }

    private static boolean handUp(Object userData) {
        return userData instanceof Presence presence && presence.handUp();
    }
}
