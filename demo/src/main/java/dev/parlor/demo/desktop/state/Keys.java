package dev.parlor.demo.desktop.state;

import dev.parlor.Family;
import dev.parlor.Key;
import dev.parlor.KeyFamily;
import dev.parlor.ParticipantId;
import java.util.HashMap;
import java.util.Map;
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
    public static final KeyFamily<Boolean> ON_STAGE = KeyFamily.of("stage/on/", Boolean.class);
    /** Polls. */
    public static final KeyFamily<Poll> POLLS = KeyFamily.of("poll/", Poll.class);
    /** Polls that are closed: beside the poll and not in it, as closing must not undo a change of the question. */
    public static final KeyFamily<Boolean> CLOSED = KeyFamily.of("poll-closed/", Boolean.class);
    /** Votes, by poll and participant ({@link #of}): the number of the option. Who votes again overwrites only its own. */
    public static final KeyFamily<Integer> VOTES = KeyFamily.of("vote/", Integer.class);
    /** Questions. */
    public static final KeyFamily<Question> QUESTIONS = KeyFamily.of("question/", Question.class);
    /** Questions that were answered. */
    public static final KeyFamily<Boolean> ANSWERED = KeyFamily.of("question-answered/", Boolean.class);
    /** Up-votes of questions, by question and participant ({@link #of}). */
    public static final KeyFamily<Boolean> UPVOTES = KeyFamily.of("upvote/", Boolean.class);
    /** Names of breakout rooms. */
    public static final KeyFamily<String> BREAKOUTS = KeyFamily.of("breakout/room/", String.class);
    /** In which breakout room somebody is. */
    public static final KeyFamily<String> SEATS = KeyFamily.of("breakout/seat/", String.class);

    private Keys() {}

    /** A name for something new that nobody else can give at the same moment. */
    public static String newId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** The sub-key of what somebody has put for one thing, such as a vote in a poll. */
    public static String of(String thing, ParticipantId who) {
        return thing + "/" + who;
    }

    /** What participants have put for one thing, by their ids. */
    public static <V> Map<String, V> allOf(String thing, Family<V> family) {
        Map<String, V> all = new HashMap<>();
        // What begins with the thing and a slash lies between that and the next character.
        family.asMap().subMap(thing + "/", thing + "0").forEach((subKey, value) -> all.put(subKey.substring(thing.length() + 1), value));
        return all;
    }
}
