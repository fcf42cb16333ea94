package dev.parlor.internal.memory;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * The memory of one room beside the data that it shares, in bytes: whatever waits, and whatever is remembered. Each use has
 * a share of its own, so that a listener that stands still cannot stop what is sent, and all shares together are the whole.
 * What is counted is what things take in memory, about: their encoded bytes, and an overhead for the objects around them.
 *
 * <p>What happens when a share is used up is up to its owner: changes of state conflate, a sender waits or is refused with an
 * exception, and what comes from others and fits nowhere is dropped and counted.
 *
 * <p>Thread-safe. Whoever takes holds the lock of the queue that grows, so that asking and taking need not be one step.
 */
public final class Budget {
    /** What a message that waits takes beside its payload: its queue's entry and the objects of the message. */
    public static final int MESSAGE_OVERHEAD_BYTES = 160;
    /** What a change that waits takes beside its values: its queue's entry, its key's entry, and the change. */
    public static final int CHANGE_OVERHEAD_BYTES = 200;
    /** What any other event that waits takes beside its values and texts: its queue's entry, and the objects that it is made of. */
    public static final int EVENT_OVERHEAD_BYTES = 300;
    /** What a removed key takes beside the bytes of its name: its entry in the map, its stamp and its string. */
    public static final int TOMBSTONE_OVERHEAD_BYTES = 100;

    private static final long MIB = 1024 * 1024;
    /** Half a gigabyte of heap, and half of it to the program: a room takes a quarter of the heap at most. */
    private static final int PART_OF_HEAP = 4;
    /** Below this a room cannot hold the largest message in each of its queues. */
    private static final long MIN_DEFAULT_BYTES = 16 * MIB;
    /** More would not keep a room alive that stands still, but only make it longer until it says so. */
    private static final long MAX_DEFAULT_BYTES = 1024 * MIB;
    /** What is lent is no more than half of the whole with all else that is in use then; others may take their shares afterwards. */
    private static final int LENDING_PART = 2;
    /** Shares are parts of this. */
    private static final int PARTS = 32;

    /** What memory is used for. */
    public enum Use {
        /** Changes that wait for listeners. More conflate: each key waits once. */
        CHANGES(6, Long.MAX_VALUE, "changes that wait for listeners", "more of them become one for each key; a listener is slow"),
        /** All other events that wait for listeners. With more, those of a participant become one, and warnings are dropped. */
        EVENTS(2, 16 * MIB, "other events that wait for listeners", "at the bound those of a participant become one, merge reports "
                + "name no keys and warnings are only logged; a listener is slow"),
        /** Messages and requests that wait for listeners and handlers. Their senders are held back before it is used up. */
        MESSAGES(8, 64 * MIB, "messages that wait for listeners", "at the bound they are dropped; a listener is slow"),
        /** Removed keys that are remembered. With more, new keys are refused at the writer. */
        TOMBSTONES(8, Long.MAX_VALUE, "removed keys", "at the bound new keys are refused; use keys again, replace(…) the map, or "
                + "give the room more memory(…)"),
        /** Messages that wait for what was sent before them. More are dropped: a repair has failed for seconds. */
        HELD(3, 64 * MIB, "messages that wait for what was sent before them", "at the bound they are dropped; the network loses much"),
        /** Messages that wait to be sent. With more, their sender waits or is refused. */
        OUTBOX(2, 8 * MIB, "messages that wait to be sent", "at the bound send(…) waits; the network or a receiver is slow"),
        /** Answers to requests that wait to be sent. With more, their handler waits or they are refused. */
        ANSWERS(1, 8 * MIB, "answers that wait to be sent", "at the bound who asked is told that there is no room; the network is slow"),
        /** Frames that came before the view with their sender in it. More are refused, and asked for later. */
        EARLY(1, 4 * MIB, "frames of senders that are not in the view", "at the bound they are refused; something else uses the network"),
        /** What undo would restore. With more, the oldest steps are forgotten, which is as it should be. */
        UNDO(1, 32 * MIB, "what undo would restore", ""),
        /** Which keys were written as one. Never more than twice the keys there are; it is only shown. */
        BATCHES(0, 0, "keys that were written as one", "");

        private final int parts;
        private final long mostBytes;
        private final String meaning;
        private final String advice;

        Use(int parts, long mostBytes, String meaning, String advice) {
            this.parts = parts;
            this.mostBytes = mostBytes;
            this.meaning = meaning;
            this.advice = advice;
        }

        /** In words, for a warning. */
        public String meaning() {
            return meaning;
        }

        /** What happens at the bound, and why it is reached; empty where that is as it should be. */
        public String advice() {
            return advice;
        }
    }

    /** What to do when no more than so many bytes are in use. */
    private record Low(long bytes, Runnable action) {}

    private static final Use[] USES = Use.values();

    private final long bytes;
    private final long[] limits = new long[USES.length];
    private final AtomicLongArray used = new AtomicLongArray(USES.length);
    private final AtomicLongArray freed = new AtomicLongArray(USES.length);
    private final boolean[] lent = new boolean[USES.length];
    private final AtomicReferenceArray<Low> lows = new AtomicReferenceArray<>(USES.length);
    private final LongSupplier[] gauges = new LongSupplier[USES.length];

    /**
     * A budget.
     *
     * @param bytes in all
     * @param messageBytes for {@link Use#MESSAGES}; 0 for its share
     */
    public Budget(long bytes, long messageBytes) {
        this.bytes = bytes;
        for (Use use : USES) {
            limits[use.ordinal()] = Math.min(use.mostBytes, bytes / PARTS * use.parts);
        }
        if (messageBytes > 0) {
            limits[Use.MESSAGES.ordinal()] = messageBytes;
        }
    }

    /** The bytes of a room that says nothing else: a quarter of the heap, 16 MiB to 1 GiB. */
    public static long defaultBytes() {
        return Math.max(MIN_DEFAULT_BYTES, Math.min(MAX_DEFAULT_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    /** Has a use read where it is kept, under the room's lock, instead of counted here. Once for a use, before it is used. */
    public void measure(Use use, LongSupplier bytesUsed) {
        gauges[use.ordinal()] = bytesUsed;
    }

    /** Whether so many bytes more are within the share. The first thing always is, however large. */
    public boolean admits(Use use, long more) {
        long now = used(use);
        return now == 0 || now + more <= limits[use.ordinal()] || lent[use.ordinal()] && used() + more <= bytes / LENDING_PART;
    }

    /** Takes bytes if they are within the share. */
    public boolean take(Use use, long more) {
        boolean admitted = admits(use, more);
        if (admitted) {
            add(use, more);
        }
        return admitted;
    }

    /** Takes bytes, within the share or not, or gives them back if negative. */
    public void add(Use use, long more) {
        used.addAndGet(use.ordinal(), more);
    }

    /** Gives bytes back. */
    public void free(Use use, long less) {
        long left = used.addAndGet(use.ordinal(), -less);
        freed.addAndGet(use.ordinal(), less);
        Low low = lows.get(use.ordinal());
        if (low != null && left <= low.bytes() && lows.compareAndSet(use.ordinal(), low, null)) {
            low.action().run();
        }
    }

    /** How many bytes of a use have been given back so far: whether anything moves. */
    public long freed(Use use) {
        return freed.get(use.ordinal());
    }

    /** Whether more than the share of a use is admitted, as long as half of the whole is not used. Under the lock of who takes. */
    public void lend(Use use, boolean beyond) {
        lent[use.ordinal()] = beyond;
    }

    /**
     * Does something once, when no more than so many bytes of a use are in use: at once if that is so now, else in the call
     * that gives back, under whatever locks its caller holds.
     */
    public void whenBelow(Use use, long low, Runnable action) {
        lows.set(use.ordinal(), new Low(low, action));
        if (used(use) <= low && lows.getAndSet(use.ordinal(), null) != null) {
            action.run();
        }
    }

    /** Whether the share of a use is used up. */
    public boolean isFull(Use use) {
        return used(use) >= limits[use.ordinal()];
    }

    /** Bytes in use. */
    public long used(Use use) {
        LongSupplier gauge = gauges[use.ordinal()];
        return gauge == null ? used.get(use.ordinal()) : gauge.getAsLong();
    }

    /** The share of a use; 0 for what is only shown. */
    public long limit(Use use) {
        return limits[use.ordinal()];
    }

    /** Bytes in use in all. */
    public long used() {
        long sum = 0;
        for (Use use : USES) {
            sum += used(use);
        }
        return sum;
    }

    /** The bound of all together. */
    public long bytes() {
        return bytes;
    }

    /** Bytes in use, by use. */
    public Map<Use, Long> byUse() {
        Map<Use, Long> all = new EnumMap<>(Use.class);
        for (Use use : USES) {
            all.put(use, used(use));
        }
        return all;
    }
}
