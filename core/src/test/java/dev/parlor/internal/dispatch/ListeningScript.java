package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What happens to a dispatcher: listeners come and go, changes and messages are put in, turns are run, and listeners do all of
 * that themselves amid their calls. Drawn from a seed alone, and what a listener does from what it heard, so that two
 * dispatchers that tell the same are used the same.
 */
final class ListeningScript {
    /** A dispatcher, or what stands for one. */
    interface Subject {
        /** Registers a listener. */
        AutoCloseable subscribe(Wish wish, Heard heard);

        void change(List<SessionChange> changes);

        /** A key was written by itself. */
        void write(SessionChange change);

        void message(String payload);

        /** Runs turns until nothing is ready. */
        void run();
    }

    /** What a listener listens for: one of these. */
    record Wish(Class<? extends RoomEvent> type, Keys keys, String present) {}

    /** Is told what a listener is called with. */
    interface Heard {
        void heard(String what);
    }

    private static final int STEPS = 400;
    private static final int REACTIONS = 8;
    private static final List<Class<? extends RoomEvent>> TYPES =
            List.of(RoomEvent.class, SessionDataChanged.class, MessageReceived.class, HostChanged.class);
    private static final List<String> TEXTS = List.of("", "a", "b", "ab", "abc", "abd", "ac", "b\uD83D\uDE00", "b\uFFFF", "c");

    private final long seed;
    private final Random random;
    private final Subject subject;
    private final Map<String, Long> values = new HashMap<>();
    private final List<AutoCloseable> listeners = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private int messages;
    private int depth;

    ListeningScript(long seed, Subject subject) {
        this.seed = seed;
        this.random = new Random(seed);
        this.subject = subject;
    }

    /** Does it all, and gives what was heard, by whom, in order. */
    List<String> run() {
        for (int i = 0; i < STEPS; i++) {
            int what = random.nextInt(100);
            if (what < 20) {
                subscribe(random);
            } else if (what < 30) {
                close(random);
            } else if (what < 75) {
                change(random);
            } else if (what < 80) {
                message();
            } else if (what < 81) {
                flood();
            } else {
                subject.run();
            }
        }
        subject.run();
        return log;
    }

    private static <T> T one(Random chance, List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private void subscribe(Random chance) {
        String text = one(chance, TEXTS);
        Wish wish = switch (chance.nextInt(5)) {
            case 0 -> new Wish(one(chance, TYPES), null, null);
            case 1 -> new Wish(null, null, text);
            case 2 -> new Wish(null, Keys.startingWith(text), null);
            default -> new Wish(null, Keys.one(text), null);
        };
        int number = listeners.size();
        listeners.add(null);
        calls.add(0);
        listeners.set(number, subject.subscribe(wish, what -> heard(number, what)));
    }

    private void close(Random chance) {
        AutoCloseable listener = listeners.isEmpty() ? null : one(chance, listeners);
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One key or several get values of a few, so that they come back to what they were. */
    private void change(Random chance) {
        Map<String, SessionChange> changes = new LinkedHashMap<>();
        for (int i = chance.nextInt(4) == 0 ? 1 + chance.nextInt(8) : 1; i > 0; i--) {
            String key = one(chance, TEXTS);
            if (!changes.containsKey(key)) {
                changes.put(key, changeOf(key, chance.nextInt(3)));
            }
        }
        changes.values().removeIf(change -> change.before() == change.after());
        if (changes.size() == 1 && chance.nextInt(3) > 0) {
            subject.write(changes.values().iterator().next());
        } else if (!changes.isEmpty()) {
            subject.change(List.copyOf(changes.values()));
        }
    }

    private SessionChange changeOf(String key, long value) {
        Long before = values.put(key, value);
        VersionedValue old = value(before == null ? 0 : before);
        return new SessionChange(key, old, before != null && before == value ? old : value(value), 1);
    }

    static VersionedValue value(long number) {
        return number == 0 ? null
                : VersionedValue.of(new Stamp(number, 1), ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** More than wait one by one. */
    private void flood() {
        for (int i = 0; i < EventQueue.CONFLATE_AFTER + 100; i++) {
            String key = "a" + i % 7;
            Long before = values.get(key);
            subject.change(List.of(changeOf(key, before == null ? 1 : before % 2 + 1)));
        }
    }

    private void message() {
        subject.message("m" + messages++);
    }

    private void heard(int number, String what) {
        log.add("  ".repeat(depth) + number + " " + what);
        int count = calls.get(number) + 1;
        calls.set(number, count);
        Random chance = new Random(seed * 31 + number * 7_919L + count);
        chance.nextInt();
        int reaction = chance.nextInt(100);
        if (reaction >= REACTIONS * 2 || log.size() > 100_000) {
            return;
        }
        switch (reaction % REACTIONS) {
            case 0 -> closeSelf(number);
            case 1 -> close(chance);
            case 2 -> subscribe(chance);
            case 3 -> change(chance);
            case 4 -> message();
            case 5, 6 -> {
                if (depth < 3) {
                    depth++;
                    change(chance);
                    subject.run();
                    depth--;
                }
            }
            default -> throw new IllegalStateException("mine");
        }
    }

    private void closeSelf(int number) {
        try {
            if (listeners.get(number) != null) {
                listeners.get(number).close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** As both write down what they tell. */
    static String textOf(Change change) {
        return change.key() + ":" + change.oldValue().orElse(0L) + ">" + change.newValue().orElse(0L);
    }
}
