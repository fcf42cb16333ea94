package dev.parlor.internal.dispatch;

import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.internal.dispatch.Subscriber.Call;
import dev.parlor.internal.session.SessionChanges;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who listens, by what they listen for: a key, a prefix of keys, or a class of events. So what a change costs depends on who hears
 * of it, and not on how many listeners there are.
 *
 * <p>Changed under the dispatcher's lock, read without any, as {@link Hearers} says.
 */
final class Subscriptions {
    private static final Comparator<Call> REGISTERED = Comparator.comparingLong(call -> call.listener().number());

    private final Map<String, Hearers> byKey = new ConcurrentHashMap<>();
    private final NavigableMap<String, Hearers> byPrefix = new ConcurrentSkipListMap<>();
    /** Of single changes of all keys. */
    private final Hearers ofAllKeys = new Hearers();
    private final Map<Class<? extends RoomEvent>, Hearers> byType = new ConcurrentHashMap<>();
    /** Who hears of changes, and of those who hears of each. */
    private volatile int hearingChanges;
    private volatile int hearingEachChange;
    private volatile int hearingWhole;

    /** Whether anybody hears of events of a class. */
    boolean hear(Class<? extends RoomEvent> type) {
        return byType.containsKey(type) || byType.containsKey(RoomEvent.class);
    }

    /** Whether anybody hears of changes of session data. */
    boolean hearChanges() {
        return hearingChanges > 0;
    }

    /** Whether somebody hears of what was written as one as a whole, and not of each change by itself. */
    boolean hearWhole() {
        return hearingWhole > 0;
    }

    /** Whether somebody hears of changes of whatever key. */
    boolean hearEachChange() {
        return hearingEachChange > 0;
    }

    /** Whether anybody hears of changes of a key. */
    boolean hear(String key) {
        return hearingEachChange > 0 || byKey.containsKey(key) || !byPrefix.isEmpty() && firstPrefix(key) != null;
    }

    // ---- who comes and goes, under the lock

    void add(Subscriber subscriber) {
        Keys keys = subscriber.keys();
        if (keys == null) {
            byType.computeIfAbsent(subscriber.type(), any -> new Hearers()).add(subscriber);
        } else if (keys.areAll()) {
            ofAllKeys.add(subscriber);
        } else {
            byText(keys).computeIfAbsent(keys.text(), any -> new Hearers()).add(subscriber);
        }
        count(subscriber, 1);
    }

    /** Gives up a registration, if that has not been done before. */
    void remove(Subscriber subscriber) {
        if (subscriber.place() == Subscriber.NOWHERE) {
            return;
        }
        Keys keys = subscriber.keys();
        if (keys == null) {
            remove(subscriber, byType, subscriber.type());
        } else if (keys.areAll()) {
            ofAllKeys.remove(subscriber);
        } else {
            remove(subscriber, byText(keys), keys.text());
        }
        count(subscriber, -1);
    }

    private static <K> void remove(Subscriber subscriber, Map<K, Hearers> map, K from) {
        Hearers hearers = map.get(from);
        if (hearers != null) {
            hearers.remove(subscriber);
            if (hearers.isEmpty()) {
                map.remove(from);
            }
        }
    }

    private Map<String, Hearers> byText(Keys keys) {
        return keys.prefix() ? byPrefix : byKey;
    }

    private void count(Subscriber subscriber, int more) {
        Keys keys = subscriber.keys();
        boolean each = keys == null ? subscriber.type().isAssignableFrom(SessionDataChanged.class) : keys.areAll();
        if (each) {
            hearingEachChange = hearingEachChange + more;
        }
        if (each && keys == null) {
            hearingWhole = hearingWhole + more;
        }
        if (each || keys != null) {
            hearingChanges = hearingChanges + more;
        }
    }

    // ---- who hears what

    /** Hands over those who listen for a key or a prefix of it, without those of all keys. */
    void forEachOf(String key, Consumer<Subscriber> action) {
        Hearers hearers = byKey.get(key);
        if (hearers != null) {
            hearers.forEach(action);
        }
        prefixesOf(key, ofPrefix -> ofPrefix.forEach(action));
    }

    /** Those of some changes, put in as one, of which anybody hears. */
    SessionChanges heard(SessionChanges changes) {
        return hearEachChange() ? changes : changes.of(this::hear);
    }

    /** Adds the calls that an event is told with to an empty list, in the order in which who hears it was registered. */
    void calls(RoomEvent event, long sequence, List<Call> calls) {
        add(byType.get(event.getClass()), sequence, null, calls);
        Hearers ofAll = byType.get(RoomEvent.class);
        if (ofAll != null) {
            ofAll.addCalls(sequence, null, calls);
            sort(calls);
        }
    }

    /** The same for changes, one by one to who hears single ones. */
    void calls(TakenChanges changes, long sequence, List<Call> calls) {
        if (changes.size() == 0) {
            return;
        }
        add(byType.get(SessionDataChanged.class), sequence, null, calls);
        add(byType.get(RoomEvent.class), sequence, null, calls);
        add(ofAllKeys, sequence, null, calls);
        if (!byKey.isEmpty() || !byPrefix.isEmpty()) {
            if (changes.size() == 1) {
                add(byKey.get(changes.key(0)), sequence, null, calls);
                prefixesOf(changes.key(0), hearers -> add(hearers, sequence, null, calls));
            } else {
                addOfSeveral(changes, sequence, calls);
            }
        }
        sort(calls);
    }

    private static void sort(List<Call> calls) {
        if (calls.size() > 1) {
            calls.sort(REGISTERED);
        }
    }

    private void addOfSeveral(TakenChanges changes, long sequence, List<Call> calls) {
        Map<Hearers, IntStream.Builder> ofPrefixes = new LinkedHashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            Hearers ofKey = byKey.get(changes.key(i));
            if (ofKey != null) {
                ofKey.addCalls(sequence, new int[]{i}, calls);
            }
            int index = i;
            prefixesOf(changes.key(i), hearers ->
                    ofPrefixes.computeIfAbsent(hearers, any -> IntStream.builder()).add(index));
        }
        ofPrefixes.forEach((hearers, indices) -> add(hearers, sequence, indices.build().toArray(), calls));
    }

    private static void add(@Nullable Hearers hearers, long sequence, int @Nullable [] changes, List<Call> calls) {
        if (hearers != null) {
            hearers.addCalls(sequence, changes, calls);
        }
    }

    // ---- prefixes

    private void prefixesOf(String key, Consumer<Hearers> action) {
        if (byPrefix.isEmpty()) {
            return;
        }
        for (Map.Entry<String, Hearers> found = firstPrefix(key); found != null;) {
            action.accept(found.getValue());
            found = longestPrefix(key, byPrefix.lowerEntry(found.getKey()));
        }
    }

    /** The longest prefix of a key that anybody listens for. */
    private Map.@Nullable Entry<String, Hearers> firstPrefix(String key) {
        return longestPrefix(key, byPrefix.floorEntry(key));
    }

    /**
     * The longest prefix of a key among those up to one. What is no prefix of the key differs from it somewhere; a prefix that is
     * longer than that is behind it, so the next to look at is what the two have in common.
     */
    private Map.@Nullable Entry<String, Hearers> longestPrefix(String key, Map.@Nullable Entry<String, Hearers> from) {
        Map.Entry<String, Hearers> at = from;
        while (at != null) {
            int common = common(at.getKey(), key);
            if (common == at.getKey().length()) {
                return at;
            }
            at = byPrefix.floorEntry(key.substring(0, common));
        }
        return null;
    }

    private static int common(String one, String other) {
        int most = Math.min(one.length(), other.length());
        for (int i = 0; i < most; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return i;
            }
        }
        return most;
    }
}
