package dev.parlor.testkit;

import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomStatus;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.room.Differences;
import dev.parlor.testkit.internal.room.EventLog;
import dev.parlor.testkit.internal.room.TestSurroundings;
import dev.parlor.testkit.internal.room.Waiting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a room as one participant sees it; see {@link ParlorAssertions}. */
public final class RoomAssert extends AbstractAssert<RoomAssert, Room> {
    private final Waiting waiting;

    RoomAssert(Room actual) {
        super(actual, RoomAssert.class);
        isNotNull();
        waiting = Waiting.forRooms(List.of(actual));
    }

    /**
     * How long the assertions after this one wait.
     *
     * @param most how long at most
     * @return this
     */
    public RoomAssert within(Duration most) {
        waiting.within(Require.notNegative(most));
        return this;
    }

    /**
     * A key of session data holds a value.
     *
     * @param key the key
     * @param value what it holds
     * @return this
     */
    public RoomAssert hasSessionData(String key, Object value) {
        requireKey(key);
        Require.present(value, "the value", "use hasNoSessionData(…) for a key that holds nothing");
        return until("to hold " + key + " = " + Differences.typed(value),
                () -> actual.sessionData().get(key).map(held -> Objects.deepEquals(held, value)).orElse(false));
    }

    /**
     * A key of session data holds something.
     *
     * @param key the key
     * @return this
     */
    public RoomAssert hasSessionData(String key) {
        requireKey(key);
        return until("to hold something under " + key, () -> actual.sessionData().containsKey(key));
    }

    /**
     * A key of session data holds what matches.
     *
     * @param key the key
     * @param type of what it holds
     * @param matches whether that is it
     * @param <T> the type
     * @return this
     */
    public <T> RoomAssert hasSessionData(String key, Class<T> type, Predicate<? super T> matches) {
        requireKey(key);
        Require.type(type);
        requireCondition(matches);
        return until("to hold a " + type.getSimpleName() + " that matches under " + key,
                () -> actual.sessionData().get(key, type).filter(matches).isPresent());
    }

    /**
     * A key of session data holds nothing any more, or not yet.
     *
     * @param key the key
     * @return this
     */
    public RoomAssert hasNoSessionData(String key) {
        requireKey(key);
        return until("to hold nothing under " + key, () -> actual.sessionData().get(key).isEmpty());
    }

    /**
     * These are present and nobody else.
     *
     * @param names their display names, in any order
     * @return this
     */
    public RoomAssert hasParticipants(String... names) {
        List<String> wanted = Arrays.stream(Require.all(names, "the names")).sorted().toList();
        return until("to have the participants " + wanted,
                () -> actual.participants().stream().map(Participant::name).sorted().toList().equals(wanted));
    }

    /**
     * Nobody else is present.
     *
     * @return this
     */
    public RoomAssert isAlone() {
        return hasParticipants(actual.me().name());
    }

    /**
     * A participant has user data.
     *
     * @param name the participant's display name
     * @param userData what it has
     * @return this
     */
    public RoomAssert hasUserData(String name, Object userData) {
        Require.present(name, "the name", "pass the participant's display name");
        Require.present(userData, "the user data", "pass what the participant is to have");
        return until("to have the user data " + userData + " of " + name, () -> actual.participants().stream()
                .anyMatch(each -> each.name().equals(name) && each.userData(Object.class).filter(userData::equals).isPresent()));
    }

    /**
     * The room is in a status.
     *
     * @param status which
     * @return this
     */
    public RoomAssert hasStatus(RoomStatus status) {
        Require.present(status, "the status", "pass one of RoomStatus");
        return until("to be " + status, () -> actual.status() == status);
    }

    /**
     * An app-message of a class has come, since the room was joined, or comes. For rooms joined on a {@link ParlorNetwork},
     * which take down what they hear.
     *
     * @param type the class
     * @param matches whether it is the one
     * @param <T> the class
     * @return this
     */
    public <T> RoomAssert receives(Class<T> type, Predicate<? super T> matches) {
        Require.type(type);
        requireCondition(matches);
        EventLog log = log();
        return until("to receive a " + type.getSimpleName() + " that matches", () -> messages(log, type, matches) > 0);
    }

    /**
     * No app-message of a class has come since the room was joined. Looks once: let time pass before, by what would come after
     * it if it came, or {@link ParlorNetwork#advance}.
     *
     * @param type the class
     * @return this
     */
    public RoomAssert hasReceivedNo(Class<?> type) {
        Require.type(type);
        EventLog log = log();
        if (log.forgotten() > 0) {
            fail("to have received so few messages that all are known (" + log.forgotten() + " are not kept any more),");
        }
        if (messages(log, type, any -> true) > 0) {
            fail("to have received no " + type.getSimpleName());
        }
        return this;
    }

    private <T> long messages(EventLog log, Class<T> type, Predicate<? super T> matches) {
        return log.messages().stream().map(MessageReceived::payload).filter(type::isInstance).map(type::cast).filter(matches).count();
    }

    private EventLog log() {
        TestSurroundings around = TestSurroundings.around(actual);
        if (around == null) {
            throw new IllegalArgumentException("what " + actual + " has received is not known: join it on a ParlorNetwork");
        }
        return around.of(actual).log();
    }

    private static void requireKey(String key) {
        Require.present(key, "the key", "pass a text such as \"poll\"");
    }

    private static void requireCondition(Predicate<?> matches) {
        Require.present(matches, "the condition", "pass a lambda, such as any -> true");
    }

    private RoomAssert until(String what, BooleanSupplier condition) {
        if (!waiting.until(condition)) {
            fail(what);
        }
        return this;
    }

    private void fail(String what) {
        throw failure("%s", "Expected " + actual + " " + what + " within " + waiting.patience() + ", but it holds:"
                + Differences.describe(actual));
    }
}
