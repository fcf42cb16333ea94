package dev.parlor.demo.desktop.state;

import dev.parlor.Key;
import dev.parlor.ParticipantId;
import java.util.UUID;

/** The keys of the session data. What several people may change at the same moment has a key for each of them. */
public final class Keys {
    /** The scene, one for all: the last who switches it wins, which is what is wanted. */
    public static final Key<Scene> SCENE = Key.of("stage/scene", Scene.class);
    /** The session-wide message. */
    public static final Key<String> BANNER = Key.of("banner", String.class);
    /** The key that all write at once in an experiment. */
    public static final Key<String> CONTESTED = Key.of("experiment/same-key", String.class);

    /** Who is on the stage: a key for each, so that two who bring somebody at once bring both. */
    public static final String ON_STAGE = "stage/on/";
    /** Polls. */
    public static final String POLL = "poll/";
    /** Polls that are closed: beside the poll and not in it, as closing must not undo a change of the question. */
    public static final String CLOSED = "poll-closed/";
    /** Votes. */
    public static final String VOTE = "vote/";
    /** Questions. */
    public static final String QUESTION = "question/";
    /** Questions that were answered. */
    public static final String ANSWERED = "question-answered/";
    /** Up-votes of questions. */
    public static final String UPVOTE = "upvote/";
    /** Names of breakout rooms. */
    public static final String BREAKOUT = "breakout/room/";
    /** In which breakout room somebody is. */
    public static final String SEAT = "breakout/seat/";

    private Keys() {}

    /** A name for something new that nobody else can give at the same moment. */
    public static String newId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    public static String onStage(ParticipantId who) {
        return ON_STAGE + who;
    }

    /** Somebody's vote in a poll: the number of the option. Who votes again overwrites only its own. */
    public static String vote(String poll, ParticipantId who) {
        return VOTE + poll + "/" + who;
    }

    public static String upvote(String question, ParticipantId who) {
        return UPVOTE + question + "/" + who;
    }

    public static String seat(ParticipantId who) {
        return SEAT + who;
    }
}
