package dev.parlor.demo.desktop.state;

import dev.parlor.Family;
import dev.parlor.Key;
import dev.parlor.KeyFamily;
import dev.parlor.Lifetime;
import dev.parlor.ParticipantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
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

    /** How long what is said to everyone is there: for who comes a little late, and not for a history. */
    public static final Duration CHAT_LIFETIME = Duration.ofMinutes(10);
    /** Lines of what is said to everyone that who joins sees at most, and that a participant keeps of its own. */
    public static final int CHAT_LINES = 50;
    /** What is said to everyone, a key a line ({@link #line}). It goes by itself, so nobody has to tidy up for who has left. */
    public static final KeyFamily<Chat> CHAT = KeyFamily.of("chat/", Chat.class).living(Lifetime.of(CHAT_LIFETIME));

    private Keys() {}

    /** A name for something new that nobody else can give at the same moment. */
    public static String newId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** The sub-key of what somebody has put for one thing, such as a vote in a poll. */
    public static String of(String thing, ParticipantId who) {
        return thing + "/" + who;
    }

    /**
     * The sub-key of something said. It begins with the time, so that the lines are sorted as they were said wherever the family is
     * read, and ends with who says it and a number of its own, so that no other line has the same.
     *
     * @param millis since 1970
     */
    public static String line(long millis, ParticipantId who, int number) {
        return String.format(Locale.ROOT, "%015d/%s/%06d", millis, who, number);
    }

    /** What participants have put for one thing, by their ids. */
    public static <V> Map<String, V> allOf(String thing, Family<V> family) {
        Map<String, V> all = new HashMap<>();
        // What begins with the thing and a slash lies between that and the next character.
        family.asMap().subMap(thing + "/", thing + "0").forEach((subKey, value) -> all.put(subKey.substring(thing.length() + 1), value));
        return all;
    }
}
