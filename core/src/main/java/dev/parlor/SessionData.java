package dev.parlor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What belongs to the room: string keys with values, replicated to every participant. Anyone writes, late joiners get
 * all of it, and it is gone when the last participant leaves.
 *
 * <p><b>Writes</b> are visible here when the call returns, and are sent in the background: a write never waits for the
 * network. Concurrent writes of one key are settled by time, the last one wins, the same everywhere (a last-writer-wins
 * map: Shapiro et al., <i>A comprehensive study of CRDTs</i>, 2011, section 3.2; stamps are hybrid logical clocks:
 * Kulkarni et al., <i>Logical Physical Clocks</i>, 2014). So shape state for it: give what two people may change at
 * once two keys, such as one key a vote. There is no compare-and-set, lock or {@code putIfAbsent}: in a partition they
 * could not keep their word.
 *
 * <p><b>Equal values.</b> A put of a value that is encoded to the bytes that the key holds is a write like any other: it is
 * sent, and its time counts. But it is no change: no listener is called, here or elsewhere, so a listener that puts a value
 * which the key holds by then comes to rest. A map or set that is iterated in another order is encoded to other bytes.
 *
 * <p><b>Partitions.</b> Reads and writes go on on both sides. When the sides meet again each key takes the newest
 * value of both; what changed is announced with {@link Change.Cause#SYNC}.
 *
 * <p><b>Values</b> are treated as immutable. A value is encoded during the call, so changing the object later changes
 * nothing for anybody. What is read may be shared between readers: do not change it.
 *
 * <p><b>Reads</b> take no lock, see every write made here before, and never go back in time. A batch is seen whole:
 * who has seen one of its writes sees the others.
 *
 * <p>Thread-safe. All writes throw {@link RoomClosedException}, {@link InvalidArgumentException},
 * {@link UnregisteredTypeException}, {@link EncodingException} or {@link PayloadTooLargeException} before anything has
 * changed. The last also where so many removed keys are remembered that no new key is taken ({@link RoomBuilder#memory}); {@link
 * #clear} and {@link #replace} are, and forget them. Reads go on working on a closed room and give the last state;
 * {@code onChange}, {@code onChangeOfPrefix}, {@code bind} and {@code when} throw {@link RoomClosedException} there.
 */
public interface SessionData extends LimitedWrites, Undoing {
    /**
     * The value of a key.
     *
     * @param key the key
     * @return the value; empty if there is none, or if its class is not registered here (then a {@link Warning} is
     *     raised once)
     */
    Optional<Object> get(String key);

    /**
     * The value of a key if it is of a class.
     *
     * @param key the key
     * @param type the class expected; a primitive one stands for its box. Lists, sets and maps of whatever class arrive as
     *     unmodifiable ones: ask for {@code List}, {@code Set} or {@code Map}.
     * @param <T> the class expected
     * @return the value; empty if there is none or it is of another class
     * @throws InvalidArgumentException if there is a value, and nothing that arrives can be of the class: {@code ArrayList},
     *     a list, set, map or entry of one's own that is not registered, or a class of the JDK that does not travel
     */
    <T> Optional<T> get(String key, Class<T> type);

    /**
     * The value of a typed key.
     *
     * @param key the key
     * @param <T> the class of the value
     * @return the value; empty if there is none or somebody put one of another class
     * @throws InvalidArgumentException as by {@link #get(String, Class)}
     */
    <T> Optional<T> get(Key<T> key);

    /**
     * The value of a key with its author and time.
     *
     * @param key the key
     * @return the entry; empty if there is none or its value cannot be read here
     */
    Optional<Entry> entry(String key);

    /**
     * The value of a typed key with its author and time.
     *
     * @param key the key
     * @param <T> the class of the value
     * @return the entry, whose value is of the class; empty if there is none or somebody put a value of another class
     * @throws InvalidArgumentException as by {@link #get(String, Class)}
     */
    <T> Optional<Entry> entry(Key<T> key);

    /**
     * Whether a key has a value, readable here or not.
     *
     * @param key the key
     * @return true if it has
     */
    boolean containsKey(String key);

    /**
     * Whether a typed key has a value, readable here or not, of its class or another one.
     *
     * @param key the key
     * @return true if it has
     */
    boolean containsKey(Key<?> key);

    /**
     * How many keys have a value, readable here or not.
     *
     * @return the number of keys
     */
    int size();

    /**
     * An unmodifiable live view. Its iterators and streams are weakly consistent: they see each key at most once, may or may
     * not see writes made meanwhile, and never throw because of them.
     *
     * <p>{@code keySet()}, {@code size()}, {@code isEmpty()} and {@code containsKey} tell of all keys, whether their values
     * can be read here or not, and decode nothing. {@code entrySet()}, {@code values()} and {@code get} leave out values that
     * cannot be read here, and decode what they give; the {@code size()} of {@code entrySet()} and {@code values()} is
     * counted by iterating. {@code equals}, {@code hashCode} and {@code toString} are those of a copy of one moment; a view
     * with a value that cannot be read here equals no other map.
     *
     * @return the view
     */
    Map<String, Object> asMap();

    /**
     * An immutable copy of one moment: no batch is seen in part, and nobody who writes waits for it. Decodes what was not read here
     * before, so the first one of much data takes its time; to look at few keys use {@link #get(String)} or {@link #asMap}.
     *
     * @return the copy, without values that cannot be read here
     */
    Map<String, Object> snapshot();

    /**
     * A family of keys, as a live typed map of what follows its prefix.
     *
     * @param family prefix and class
     * @param <T> the class of the values
     * @return the family; each call gives another view of the same
     * @throws InvalidArgumentException if the prefix is half a surrogate pair at its end, or nothing that arrives can be of the class
     * @throws PayloadTooLargeException if the prefix is longer than {@link Limits#keyBytes}
     */
    <T> Family<T> family(KeyFamily<T> family);

    /**
     * Sets a key. In a partition both sides can; the newest value is kept when they meet.
     *
     * @param key the key, of 1 character to {@link Limits#keyBytes} bytes in UTF-8
     * @param value the value, of a class that may travel, of at most {@link Limits#valueBytes} as encoded
     */
    void put(String key, Object value);

    /**
     * Sets a typed key.
     *
     * @param key the key
     * @param value the value, not null
     * @param <T> the class of the value
     */
    <T> void put(Key<T> key, T value);

    /**
     * Sets a key unless it holds an equal value here already, in which case nothing is written. For whoever writes back what
     * it shows, such as a text field that is bound to a key and sets it whenever its text changes: an echo that is written
     * would win over what somebody else writes meanwhile, and bring back what was shown before. Values are equal if they are
     * encoded to equal bytes. This is no compare-and-set: another participant may write the key at the same moment.
     *
     * @param key the key
     * @param value the value, not null
     * @return whether it was written
     */
    boolean putIfChanged(String key, Object value);

    /**
     * Sets a typed key unless it holds an equal value here already; see {@link #putIfChanged(String, Object)}.
     *
     * @param key the key
     * @param value the value, not null
     * @param <T> the class of the value
     * @return whether it was written
     */
    <T> boolean putIfChanged(Key<T> key, T value);

    /**
     * Removes a key. It stays removed against every older write, whenever that arrives.
     *
     * @param key the key
     */
    void remove(String key);

    /**
     * Removes a typed key.
     *
     * @param key the key
     */
    void remove(Key<?> key);

    /**
     * Sets all keys of a map and leaves the others as they are (a shallow merge), as one change.
     *
     * @param values keys and values, none null
     */
    void merge(Map<String, ?> values);

    /**
     * Makes a map the whole of the session data, as one change: other keys are gone, also those that another
     * participant puts at the same moment with an older stamp. Of two concurrent replaces one wins whole.
     *
     * @param values keys and values, none null
     */
    void replace(Map<String, ?> values);

    /** Removes every key, as one change. */
    void clear();

    /**
     * Applies several writes as one change. The writes are collected while the consumer runs, on the caller's thread,
     * without any lock; if it throws, nothing is written. What it reads meanwhile is the state without them.
     *
     * @param batch called once with a batch to write into
     * @throws PayloadTooLargeException also if the batch takes more than a quarter of the heap while it is collected
     */
    void update(Consumer<Batch> batch);

    /**
     * Listens for changes of one key, from this call on. A listener that is slow finds several changes as one; one that is told
     * of a change may find that the key holds something newer by then. What others changed in a partition is told as one change
     * for each key when the sides meet.
     *
     * @param key the key
     * @param listener called on the room's event thread
     * @return the registration
     */
    Subscription onChange(String key, Consumer<? super Change> listener);

    /**
     * Listens for changes of a typed key, those to and from values of other classes too. The listener reads them with {@link
     * Change#newValue(Key)} and {@link Change#oldValue(Key)}; see {@link #onChange(String, Consumer)}.
     *
     * @param key the key
     * @param listener called on the room's event thread
     * @return the registration
     */
    Subscription onChange(Key<?> key, Consumer<? super Change> listener);

    /**
     * Listens for changes of one key, no more often than some time: for what changes many times a second. The first change is told at
     * once; those that follow too soon are told as one when the time is over, with the old value of the first and the new value of
     * the last. Nothing is told where the value is by then equal to that which was told last.
     *
     * @param key the key
     * @param interval the shortest time between two calls, such as 50 ms; rounded up to milliseconds
     * @param listener called on the room's event thread
     * @return the registration
     * @throws InvalidArgumentException if the time is not positive or over a year
     */
    Subscription onChange(String key, Duration interval, Consumer<? super Change> listener);

    /**
     * Listens for changes of a typed key, no more often than some time; see {@link #onChange(String, Duration, Consumer)}.
     *
     * @param key the key
     * @param interval the shortest time between two calls
     * @param listener called on the room's event thread
     * @return the registration
     * @throws InvalidArgumentException if the time is not positive or over a year
     */
    Subscription onChange(Key<?> key, Duration interval, Consumer<? super Change> listener);

    /**
     * Listens for changes of all keys that begin with a text.
     *
     * @param prefix how the keys begin; {@code ""} for all
     * @param listener called on the room's event thread
     * @return the registration
     */
    Subscription onChangeOfPrefix(String prefix, Consumer<? super Change> listener);

    /**
     * Listens for changes of all keys, one call a key. To get what was written as one in one call, listen for
     * {@link SessionDataChanged} with {@link Room#on}.
     *
     * @param listener called on the room's event thread
     * @return the registration
     */
    Subscription onChange(Consumer<? super Change> listener);

    /**
     * Hands over the value of a key now and whenever it changes, without a gap between: the way to show a value in a
     * user interface. The consumer gets what the key holds when it is called, and always ends with the newest: a value that
     * was overwritten before the consumer's turn came is left out, so that a field that writes back what it shows comes to
     * rest. Listen with {@link #onChange(String, Consumer)} for each change.
     *
     * @param key the key
     * @param consumer called on the room's event thread with the value, empty if there is none
     * @return the registration
     */
    Subscription bind(String key, Consumer<? super Optional<Object>> consumer);

    /**
     * Hands over the value of a typed key now and whenever it changes, without a gap between.
     *
     * @param key the key
     * @param consumer called on the room's event thread with the value, empty if there is none or it is of another class
     * @param <T> the class of the value
     * @return the registration
     * @throws InvalidArgumentException if nothing that arrives can be of the class
     */
    <T> Subscription bind(Key<T> key, Consumer<? super Optional<T>> consumer);

    /**
     * Hands over the value of a key now and when it changes, at most once in some time, always ending with the newest.
     *
     * @param key the key
     * @param interval the shortest time between two calls, such as 50 ms; rounded up to milliseconds
     * @param consumer called on the room's event thread with the value, empty if there is none
     * @return the registration
     * @throws InvalidArgumentException if the time is not positive or over a year
     */
    Subscription bind(String key, Duration interval, Consumer<? super Optional<Object>> consumer);

    /**
     * Hands over the value of a typed key now and when it changes, at most once in some time, always ending with the newest.
     *
     * @param key the key
     * @param interval the shortest time between two calls
     * @param consumer called on the room's event thread with the value, empty if there is none or it is of another class
     * @param <T> the class of the value
     * @return the registration
     * @throws InvalidArgumentException if nothing that arrives can be of the class, or the time is not positive or over a year
     */
    <T> Subscription bind(Key<T> key, Duration interval, Consumer<? super Optional<T>> consumer);

    /**
     * Waits until a key has a value that satisfies a condition. Values are tested in the order in which they were applied
     * here, the one that is there now first. Where they are overwritten faster than they are tested, the newest 256 of
     * them, or as many as are in 1 MiB, wait; the newest of all is always tested.
     *
     * @param key the key
     * @param condition tested where futures complete ({@link Room}), one value at a time; never on the room's event thread,
     *     so that who waits there for the future does not wait for itself
     * @param <T> the class of the value
     * @return completed with the first value that satisfies it; exceptionally with what the condition throws, or with
     *     {@link RoomClosedException} when the room is closed first. Cancel it to stop waiting.
     * @throws InvalidArgumentException if nothing that arrives can be of the class
     */
    <T> CompletableFuture<T> when(Key<T> key, Predicate<? super T> condition);

    /**
     * Waits until a key has a value that satisfies a condition.
     *
     * @param key the key
     * @param condition tested where futures complete, one value at a time
     * @return completed with the first value that satisfies it; see {@link #when(Key, Predicate)}
     */
    CompletableFuture<Object> when(String key, Predicate<Object> condition);

    /**
     * Waits, on the calling thread, until a key has a value that satisfies a condition. For threads that may wait: a test, a program
     * without a user interface, a worker. In a listener use {@link #when}, {@link #bind} or {@link #onChange}, on the thread of a
     * user interface too. In a partition it goes by what this part of the room knows.
     *
     * @param key the key
     * @param condition tested as by {@link #when(Key, Predicate)}, not on the calling thread
     * @param timeout for how long at most: positive, and at most 365 days
     * @param <T> the class of the value
     * @return the first value that satisfies it; what is there already counts. The key may hold another by then.
     * @throws RoomTimeoutException if none has come within the timeout
     * @throws WaitInterruptedException if the thread is interrupted, whose flag is set again
     * @throws RoomClosedException if the room is closed, or is closed meanwhile
     * @throws WaitRefusedException in a listener or handler of this room, which would hold up all others
     * @throws InvalidArgumentException if an argument is null or the timeout is not so, or nothing that arrives can be of the class
     */
    <T> T await(Key<T> key, Predicate<? super T> condition, Duration timeout);

    /**
     * Waits, on the calling thread, until a key has a value that satisfies a condition.
     *
     * @param key the key
     * @param condition tested as by {@link #when(Key, Predicate)}, not on the calling thread
     * @param timeout for how long at most: positive, and at most 365 days
     * @return the first value that satisfies it; see {@link #await(Key, Predicate, Duration)}
     */
    Object await(String key, Predicate<Object> condition, Duration timeout);
}
