package dev.parlor;

import java.util.Map;

/**
 * A family of keys in a room, as a typed map of what follows its prefix: what several people may change at once, such as the votes of
 * a poll, has a key each, so that no write undoes another's. Get it with {@link SessionData#family}.
 *
 * <p>Writes are those of {@link SessionData}: visible here when the call returns, sent in the background, the last one wins, in a
 * partition on both sides. They throw what {@link SessionData#put(String, Object)} throws, before anything has changed, and also
 * {@link InvalidArgumentException} if the sub-key is null or empty, or if the key belongs to a family within this one too ({@code "a/b/"}
 * within {@code "a/"}) that {@link SessionData#family} was asked for here and whose class the value is not of: it would be seen
 * in one family and missing in the other. To write several families at once use {@link SessionData#update} with
 * {@link KeyFamily#key}.
 *
 * <p>Thread-safe.
 *
 * @param <T> the class of the values
 */
public interface Family<T> extends FamilyView<T> {
    /**
     * Sets a member, with the lifetime of the family if it has one ({@link KeyFamily#living}).
     *
     * @param subKey what follows the prefix; the whole key has at most {@link Limits#keyBytes} in UTF-8
     * @param value the value, not null
     */
    void put(String subKey, T value);

    /**
     * Sets a member to something that is there for a time, or while this participant is present, whatever the family says.
     *
     * @param subKey what follows the prefix
     * @param value the value, not null
     * @param lifetime how long it is there, not null
     */
    void put(String subKey, T value, Lifetime lifetime);

    /**
     * Gives a member a start value, which loses to every write; see {@link SessionData#putDefault(String, Object)}.
     *
     * @param subKey what follows the prefix
     * @param value the value, not null
     * @return whether it is there now
     */
    boolean putDefault(String subKey, T value);

    /**
     * Sets a member unless it holds an equal value here already; see {@link SessionData#putIfChanged(String, Object)}.
     *
     * @param subKey what follows the prefix
     * @param value the value, not null
     * @return whether it was written
     */
    boolean putIfChanged(String subKey, T value);

    /**
     * Sets several members and leaves the others as they are, as one change.
     *
     * @param values values by sub-key, none null
     */
    void putAll(Map<String, ? extends T> values);

    /**
     * Removes a member. It stays removed against every older write.
     *
     * @param subKey what follows the prefix
     */
    void remove(String subKey);

    /**
     * Removes all keys that begin with the prefix, whatever they hold, as one change; other keys stay. A member that another
     * participant puts at the same moment stays if that is newer, or if it was not known here.
     */
    void clear();
}
