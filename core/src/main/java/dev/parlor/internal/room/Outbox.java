package dev.parlor.internal.room;

import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What waits to be sent. Of session data it holds the keys and not the values: a key overwritten a thousand times is
 * sent once, and the outbox is never larger than the map. Keys that were written as one stay together. Messages wait in
 * order. Not thread-safe: guarded by the room's lock.
 */
final class Outbox {
    /** Messages that may wait; more, and the sender waits or fails. A thousand is some milliseconds of sending. */
    static final int MAX_MESSAGES = 1024;
    /** Bytes of messages that may wait: a few of the largest. */
    static final long MAX_MESSAGE_BYTES = 8L * 1024 * 1024;

    /** Stamp, flags and lengths of an entry on the wire, about. */
    static final int ENTRY_OVERHEAD_BYTES = 24;

    /** A message and for whom it is; null for all. */
    record Outgoing(Long to, AppMessage message) {}

    /** A frame that is made at the moment it is sent, and for whom; null for all. A supplier that gives null sends none. */
    record Control(Long to, Supplier<Frame> frame) {}

    /** Keys that are sent in one frame; or, shared by them all, what single keys written between two marks have. */
    private static final class Unit {
        /** When it was first written: whatever was said later is sent later. */
        private long ticket;
        /** Null for single keys. */
        private final Set<String> keys;

        Unit(long ticket, Set<String> keys) {
            this.ticket = ticket;
            this.keys = keys;
        }
    }

    private final SessionReplica session;
    /** Each key to be sent. The first one always has the smallest ticket. */
    private final Map<String, Unit> dirty = new LinkedHashMap<>();
    private long nextTicket = 1;
    private Unit single = new Unit(nextTicket, null);
    private boolean clearDirty;
    /** What must be sent with the clear, or null. */
    private Unit clearUnit;
    private boolean userDirty;
    private final Deque<Outgoing> messages = new ArrayDeque<>();
    private long messageBytes;
    private final Deque<Control> controls = new ArrayDeque<>();

    Outbox(SessionReplica session) {
        this.session = session;
    }

    /** A key was written. */
    void put(String key) {
        dirty.putIfAbsent(key, single);
    }

    /** Keys were written as one. Units that share a key become one. */
    void putTogether(Collection<String> keys) {
        if (!keys.isEmpty()) {
            unite(keys);
        }
    }

    /** Everything was cleared, and perhaps some keys written in the same moment: they go together. */
    void clear(Collection<String> keys) {
        Set<String> together = new HashSet<>(keys);
        if (clearUnit != null) {
            together.addAll(clearUnit.keys);
        }
        clearDirty = true;
        clearUnit = together.isEmpty() ? null : unite(together);
    }

    private Unit unite(Collection<String> keys) {
        Unit united = new Unit(nextTicket, new HashSet<>(keys));
        for (String key : keys) {
            Unit other = dirty.get(key);
            if (other != null) {
                united.ticket = Math.min(united.ticket, other.ticket);
                if (other.keys != null) {
                    united.keys.addAll(other.keys);
                }
                if (other == clearUnit) {
                    clearUnit = united;
                }
            }
        }
        for (String key : united.keys) {
            dirty.put(key, united);
        }
        return united;
    }

    void userChanged() {
        userDirty = true;
    }

    void control(Long to, Supplier<Frame> frame) {
        controls.add(new Control(to, frame));
    }

    void message(Outgoing outgoing) {
        messages.add(outgoing);
        messageBytes += outgoing.message().payload().length;
    }

    boolean isFull() {
        return messages.size() >= MAX_MESSAGES || messageBytes >= MAX_MESSAGE_BYTES;
    }

    boolean isEmpty() {
        return !hasState() && messages.isEmpty() && controls.isEmpty();
    }

    /** Whether session or user data that was written before a mark waits. */
    boolean hasState(long mark) {
        return clearDirty || userDirty || !dirty.isEmpty() && dirty.values().iterator().next().ticket < mark;
    }

    /** Whether something written here has not been sent yet. */
    boolean hasState() {
        return !dirty.isEmpty() || clearDirty || userDirty;
    }

    int keys() {
        return dirty.size();
    }

    int messages() {
        return messages.size();
    }

    long messageBytes() {
        return messageBytes;
    }

    /** Whether the user data is to be sent; asked once. */
    boolean takeUserChanged() {
        boolean changed = userDirty;
        userDirty = false;
        return changed;
    }

    /** A mark between what has been written so far and what is written from now on. */
    long mark() {
        single = new Unit(++nextTicket, null);
        return nextTicket;
    }

    /**
     * Takes session data for one frame: whole units until the frame is full, with what the keys hold at this moment. A
     * unit larger than a frame is taken alone and whole; the network fragments it.
     *
     * @param mark only what was written before it
     * @return null when there is none
     */
    StateDelta takeState(long mark, int maxFrameBytes) {
        StateDelta single = clearDirty || !session.hasNoBatches() ? null : takeSingle(mark, maxFrameBytes);
        return single != null ? single : takeWhole(mark, maxFrameBytes);
    }

    private StateDelta takeWhole(long mark, int maxFrameBytes) {
        List<String> taken = new ArrayList<>();
        boolean clears = clearDirty;
        long bytes = 0;
        if (clears) {
            clearDirty = false;
            if (clearUnit != null) {
                bytes = takeAll(clearUnit.keys, taken);
                clearUnit = null;
            }
        }
        boolean any = clears;
        while (!dirty.isEmpty() && bytes < maxFrameBytes) {
            Map.Entry<String, Unit> first = dirty.entrySet().iterator().next();
            Unit unit = first.getValue();
            Collection<String> keys = unit.keys == null ? List.of(first.getKey()) : unit.keys;
            if (unit.ticket >= mark || (any && bytes + bytesOf(keys) > maxFrameBytes)) {
                break;
            }
            bytes += takeAll(keys, taken);
            any = true;
        }
        return any ? session.whole(taken, clears) : null;
    }

    /** Single keys, with one look at each; none from the first on that is not there any more, or not single. */
    private StateDelta takeSingle(long mark, int maxFrameBytes) {
        List<KeyedValue> taken = new ArrayList<>();
        long bytes = 0;
        Iterator<Map.Entry<String, Unit>> each = dirty.entrySet().iterator();
        while (each.hasNext() && bytes < maxFrameBytes) {
            Map.Entry<String, Unit> next = each.next();
            VersionedValue held = session.entry(next.getKey());
            if (held == null || next.getValue().keys != null || next.getValue().ticket >= mark) {
                break;
            }
            long cost = costOf(next.getKey(), held);
            if (!taken.isEmpty() && bytes + cost > maxFrameBytes) {
                break;
            }
            each.remove();
            bytes += cost;
            taken.add(new KeyedValue(next.getKey(), held));
        }
        return taken.isEmpty() ? null : StateDelta.of(taken);
    }

    private static long costOf(String key, VersionedValue held) {
        return ENTRY_OVERHEAD_BYTES + SessionReplica.costOf(key, held.bytes());
    }

    private long takeAll(Collection<String> keys, List<String> taken) {
        long bytes = bytesOf(keys);
        taken.addAll(keys);
        keys.forEach(dirty::remove);
        return bytes;
    }

    private long bytesOf(Collection<String> keys) {
        long bytes = 0;
        for (String key : keys) {
            VersionedValue held = session.entry(key);
            bytes += held == null ? 0 : costOf(key, held);
        }
        return bytes;
    }

    /** Takes the messages that wait, in order. */
    List<Outgoing> takeMessages() {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<Outgoing> taken = List.copyOf(messages);
        messages.clear();
        messageBytes = 0;
        return taken;
    }

    /** Frames of other kinds that wait. */
    int controls() {
        return controls.size();
    }

    /** Takes the next frame of another kind, or null. */
    Control takeControl() {
        return controls.poll();
    }
}
