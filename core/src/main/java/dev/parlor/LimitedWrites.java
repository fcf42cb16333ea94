package dev.parlor;

import java.util.Map;
import java.util.Set;

/** The part of {@link SessionData} that writes what ends by itself, and what gives way to every other write. */
interface LimitedWrites {
    /**
     * Sets a key to something that is there for a time, or while this participant is present; see {@link Lifetime}.
     *
     * @param key the key, as by {@link SessionData#put(String, Object)}
     * @param value the value, as by {@link SessionData#put(String, Object)}
     * @param lifetime how long it is there, not null
     */
    void put(String key, Object value, Lifetime lifetime);

    /**
     * Sets a typed key to something that is there for a time, or while this participant is present; see {@link Lifetime}.
     *
     * @param key the key
     * @param value the value, not null
     * @param lifetime how long it is there, not null
     * @param <T> the class of the value
     */
    <T> void put(Key<T> key, T value, Lifetime lifetime);

    /**
     * Sets a key to something that is there for a time, or while this participant is present, unless it holds an equal value here already
     * that was to be there for as long; that is not begun anew. See {@link SessionData#putIfChanged(String, Object)}.
     *
     * @param key the key
     * @param value the value, not null
     * @param lifetime how long it is there, not null
     * @return whether it was written
     */
    boolean putIfChanged(String key, Object value, Lifetime lifetime);

    /**
     * The same for a typed key; see {@link #putIfChanged(String, Object, Lifetime)}.
     *
     * @param key the key
     * @param value the value, not null
     * @param lifetime how long it is there, not null
     * @param <T> the class of the value
     * @return whether it was written
     */
    <T> boolean putIfChanged(Key<T> key, T value, Lifetime lifetime);

    /**
     * Gives a key a start value: one that is there until somebody writes the key, and loses to every write, removal and clear, whether it
     * came before or comes later, also from another part of the room. So programs that start together may all give the same one, and a
     * program that starts again never brings back what others have changed or removed. Of two different start values of
     * one key all participants keep the same one.
     *
     * <p>A key that has been removed stays removed. A room that has been cleared, or that has forgotten keys which were removed
     * longer ago than the retention ({@link RoomBuilder#retention}), cannot tell a key that was removed from one that never was: it takes no
     * start value for a key that it does not know any more. So read a key with a value of your own in place of none:
     * {@code get(TITLE).orElse("Untitled")}.
     *
     * @param key the key, as by {@link SessionData#put(String, Object)}
     * @param value the value, as by {@link SessionData#put(String, Object)}
     * @return whether the key holds it now
     */
    boolean putDefault(String key, Object value);

    /**
     * Gives a typed key a start value; see {@link #putDefault(String, Object)}.
     *
     * @param key the key
     * @param value the value, not null
     * @param <T> the class of the value
     * @return whether the key holds it now
     */
    <T> boolean putDefault(Key<T> key, T value);

    /**
     * Gives several keys start values, each by itself: those that nobody has written take them, see {@link #putDefault(String, Object)}.
     *
     * @param values the start values
     * @return the keys that hold theirs now
     */
    Set<String> putDefaults(Map<String, ?> values);
}
