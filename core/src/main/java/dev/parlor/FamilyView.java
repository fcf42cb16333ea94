package dev.parlor;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A live, typed look at a family of keys: at all its members, or at those whose values satisfy a condition ({@link #where}).
 *
 * <p><b>What belongs to it</b> are the keys that begin with the prefix and hold a value of the class of the family, and of the
 * condition. Values of other classes, and such as cannot be read here, are left out everywhere, as {@link SessionData#get(Key)} leaves
 * them out: of a class that is not registered a {@link Warning} is raised once. A condition that throws for a value leaves it out; the
 * exception is counted, logged and told of as that of a listener.
 *
 * <p><b>Cost.</b> What looks at one member costs what {@link SessionData#get(Key)} does. What looks at all of them ({@link #size},
 * {@link #asMap}, {@link #snapshot}, {@code bind}, {@link Family#clear}) costs what the family holds, however many other keys
 * the room has: by an index of the prefix, which is made when it is first asked for, and kept. A room has at most 10,000 of them; these
 * calls throw {@link InvalidArgumentException} for one more.
 *
 * <p><b>Reads</b> take no lock, see every write made here before, and go on in a partition and on a closed room, as those of {@link
 * SessionData}. Listeners run on the room's event thread, in order. To register one throws {@link RoomClosedException} on a closed
 * room.
 *
 * <p>Thread-safe.
 *
 * @param <T> the class of the values
 */
public interface FamilyView<T> {
    /**
     * Of which family this is.
     *
     * @return prefix and class
     */
    KeyFamily<T> family();

    /**
     * The value of a member.
     *
     * @param subKey what follows the prefix, not null and not empty
     * @return the value; empty if there is none that belongs to this view
     */
    Optional<T> get(String subKey);

    /**
     * Whether there is a member.
     *
     * @param subKey what follows the prefix, not null and not empty
     * @return true if it has a value that belongs to this view
     */
    boolean containsKey(String subKey);

    /**
     * How many members there are at one moment. Counted by looking at each, so values that were not read before are decoded.
     *
     * @return the number of members
     */
    int size();

    /**
     * Whether there are no members.
     *
     * @return true if there are none
     */
    boolean isEmpty();

    /**
     * An unmodifiable live view by sub-key, sorted as strings are. Its iterators and streams are weakly consistent: they see each
     * member at most once, in order, may or may not see writes made meanwhile, and never throw because of them. Parts of it
     * ({@code subMap}, {@code tailMap}, …) are live as well and cost what they hold, so that a family may have parts, such as
     * {@code "vote/"} with sub-keys of poll and participant. {@code size()} is counted by iterating. {@code equals}, {@code
     * hashCode} and {@code toString} are those of a copy. To copy it, take a {@link #snapshot}: the constructors of other sorted maps
     * ask for the size first, and throw where it changes meanwhile.
     *
     * @return the view
     */
    NavigableMap<String, T> asMap();

    /**
     * An unmodifiable copy of one moment, sorted by sub-key: no batch is seen in part. Nobody who writes waits for it.
     *
     * @return the copy
     */
    NavigableMap<String, T> snapshot();

    /**
     * Those members whose values satisfy a condition, live: a change that moves a member into or out of it is one by which it
     * comes or goes.
     *
     * @param condition tested on the threads of readers and on the room's event thread, several times for a value; it must depend on
     *     the value alone, and not write
     * @return the view
     */
    FamilyView<T> where(Predicate<? super T> condition);

    /**
     * Listens for changes of members, from this call on: one call for each member that comes, goes or has another value. See {@link
     * SessionData#onChange(String, Consumer)}.
     *
     * @param listener called on the room's event thread
     * @return the registration
     */
    Subscription onChange(Consumer<? super FamilyChange<T>> listener);

    /**
     * Listens for changes of members, of each no more often than some time. The first is told at once; those that follow too
     * soon are told as one when the time is over, with the old value of the first and the new value of the last. Nothing is told of
     * a member whose value is by then equal to that which was told last.
     *
     * @param interval the shortest time between two changes of one member, such as 50 ms; rounded up to milliseconds
     * @param listener called on the room's event thread
     * @return the registration
     * @throws InvalidArgumentException if the time is not positive or over a year
     */
    Subscription onChange(Duration interval, Consumer<? super FamilyChange<T>> listener);

    /**
     * Hands over all members now and after every change, without a gap between: the way to show a family in a user interface. A
     * change of several keys as one is one call, and where changes are faster than the consumer it gets the newest state only. It is
     * called again only when something belongs to this view that did not before, or the other way round.
     *
     * @param consumer called on the room's event thread with a copy as of {@link #snapshot}
     * @return the registration
     */
    Subscription bind(Consumer<? super NavigableMap<String, T>> consumer);

    /**
     * As {@link #bind(Consumer)}, at most once in some time, always ending with the newest: for families that change more often than
     * they need be shown, and since each call costs what the family holds.
     *
     * @param interval the shortest time between two calls, such as 50 ms; rounded up to milliseconds
     * @param consumer called on the room's event thread with a copy as of {@link #snapshot}
     * @return the registration
     * @throws InvalidArgumentException if the time is not positive or over a year
     */
    Subscription bind(Duration interval, Consumer<? super NavigableMap<String, T>> consumer);
}
