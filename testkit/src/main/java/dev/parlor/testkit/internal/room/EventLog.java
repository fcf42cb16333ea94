package dev.parlor.testkit.internal.room;

import dev.parlor.MessageReceived;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.internal.facade.Backstage;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a room has told since it was joined: messages, and the last events. Thread-safe. */
public final class EventLog {
    /** Events kept: as many as somebody reads who asks why a test has failed. */
    private static final int MAX_EVENTS = 40;
    /** Messages kept: a test that sends more asks for them as they come. */
    private static final int MAX_MESSAGES = 10_000;
    private static final int MAX_CHARS = 300;
    /** What their payloads may take: a test of large messages on a small heap must not end for what is kept of them. */
    static final long MAX_MESSAGE_BYTES = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);
    /** What a payload takes whose size cannot be told. */
    private static final long SOME_BYTES = 256;

    private final Deque<String> events = new ArrayDeque<>();
    private final Deque<MessageReceived> messages = new ArrayDeque<>();
    private long messageBytes;
    private int forgotten;

    static EventLog of(Room room) {
        EventLog log = new EventLog();
        Backstage.listen(room, RoomEvent.class, log::add);
        return log;
    }

    void add(RoomEvent event) {
        // What a value says of itself may throw, and may take long.
        String text;
        try {
            text = event.toString();
        } catch (RuntimeException | Error e) {
            text = event.getClass().getSimpleName() + ", of which a value cannot be told: " + e;
        }
        add(event, text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text);
    }

    private synchronized void add(RoomEvent event, String text) {
        events.addLast(text);
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
        if (event instanceof MessageReceived message) {
            messages.addLast(message);
            messageBytes += bytesOf(message);
            while (messages.size() > MAX_MESSAGES || messages.size() > 1 && messageBytes > MAX_MESSAGE_BYTES) {
                messageBytes -= bytesOf(messages.removeFirst());
                forgotten++;
            }
        }
    }

    private static long bytesOf(MessageReceived message) {
        Object payload = message.payload();
        return SOME_BYTES + (payload instanceof byte[] bytes ? bytes.length
                : payload instanceof CharSequence text ? 2L * text.length()
                : payload.getClass().isArray() ? (long) Long.BYTES * Array.getLength(payload) : 0);
    }

    /** The last events, the newest last. */
    synchronized List<String> events() {
        return new ArrayList<>(events);
    }

    /** The messages, the newest last. */
    public synchronized List<MessageReceived> messages() {
        return new ArrayList<>(messages);
    }

    /** How many messages came before those that are kept. */
    public synchronized int forgotten() {
        return forgotten;
    }
}
