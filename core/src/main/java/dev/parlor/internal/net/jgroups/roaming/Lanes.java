package dev.parlor.internal.net.jgroups.roaming;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.net.DaemonThreads;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to each member. Whoever writes to a connection whose other end takes nothing for a while, as where packets are
 * lost, stands still; and whoever sends to all writes to one after the other. So nobody writes here who has something else to do,
 * unless it is so little that the system surely keeps it: what is more is queued by member, and written by a thread that is there
 * for that as long as there is something. What nobody takes is dropped in the end, and JGroups repeats it, once it is said that
 * something was. Thread-safe.
 */
final class Lanes {
    /** Queued for one: more than flow control lets anybody send that was not taken, to one and to all (1 MB each). */
    static final long MAX_QUEUED_BYTES = 4L << 20;
    /**
     * Linux keeps at least 46 KiB of what was not confirmed, and counts for each of the first ten packets 2 KiB of its own. Of so much,
     * and of what is added while a write may be stuck ({@link StuckWrites#HEARD_NANOS}), it keeps all.
     */
    static final long KEPT_BYTES = 12 << 10;
    /** Counts for a packet of fewer. */
    static final long PACKET_BYTES = 512;
    /** So much of what was written is taken for confirmed. */
    static final long CONFIRMED_BYTES_A_SECOND = 1 << 10;
    /** One for each connection that is written to at one moment. More, and whoever sends writes itself. */
    private static final int MAX_THREADS = 256;
    private static final long IDLE_SECONDS = 5;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final Log LOG = Log.of(Lanes.class);
    /** Those of all rooms of this JVM. */
    private static final Executor THREADS = new ThreadPoolExecutor(0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new SynchronousQueue<>(), task -> DaemonThreads.of(task, "parlor-net-write"));

    /** Writes to a member, and may stand still. */
    interface Writer {
        void write(PhysicalAddress to, byte[] data, int offset, int length) throws Exception;
    }

    /** Guarded by itself. */
    private static final class Lane {
        final Queue<byte[]> queue = new ArrayDeque<>();
        long queuedBytes;
        /** Whether a thread writes. */
        boolean busy;
        /** What was written and is not taken for confirmed yet. */
        long unconfirmedBytes;
        long lookedNanos;
        /** Whether something was dropped or could not be written since something was written last. */
        boolean lost;

        void written(int length, long nowNanos) {
            unconfirmedBytes = Math.min(2 * KEPT_BYTES, unconfirmed(nowNanos) + Math.max(PACKET_BYTES, length));
            lookedNanos = nowNanos;
        }

        long unconfirmed(long nowNanos) {
            // Of a long time first: it would not fit otherwise.
            long confirmed = Math.min(2 * NANOS_A_SECOND * KEPT_BYTES / CONFIRMED_BYTES_A_SECOND, nowNanos - lookedNanos)
                    * CONFIRMED_BYTES_A_SECOND / NANOS_A_SECOND;
            return Math.max(0, unconfirmedBytes - confirmed);
        }

        boolean keeps(int length, long nowNanos) {
            return !busy && unconfirmed(nowNanos) + Math.max(PACKET_BYTES, length) <= KEPT_BYTES;
        }

        void drop() {
            lost = true;
            queue.clear();
            queuedBytes = 0;
        }
    }

    private final Writer writer;
    private final Runnable onLost;
    private final Executor threads;
    private final LongSupplier nanos;
    private final Map<PhysicalAddress, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param onLost told when something is written again to somebody for whom something was dropped or could not be written */
    Lanes(Writer writer, Runnable onLost, LongSupplier nanos) {
        this(writer, onLost, THREADS, nanos);
    }

    /** @param threads where is written what may stand still */
    Lanes(Writer writer, Runnable onLost, Executor threads, LongSupplier nanos) {
        this.writer = writer;
        this.onLost = onLost;
        this.threads = threads;
        this.nanos = nanos;
    }

    /**
     * Sends to a member, and does not wait for it.
     *
     * @param connected whether there is a connection to it
     * @param data may be another's again once this returns
     */
    void send(PhysicalAddress to, byte[] data, int offset, int length, boolean connected) throws Exception {
        Lane lane = lanes.computeIfAbsent(to, unknown -> new Lane());
        synchronized (lane) {
            if (!connected || !lane.keeps(length, nanos.getAsLong())) {
                queue(to, lane, Arrays.copyOfRange(data, offset, offset + length));
                return;
            }
            // Nobody else writes meanwhile, for whom this would have to wait.
            lane.busy = true;
            lane.written(length, nanos.getAsLong());
        }
        try {
            written(lane, to, data, offset, length);
        } finally {
            synchronized (lane) {
                lane.busy = false;
                lane.notifyAll();
                if (!lane.queue.isEmpty()) {
                    begin(to, lane);
                }
            }
        }
    }

    /** Has something sent by another thread. */
    void queue(PhysicalAddress to, byte[] data) {
        Lane lane = lanes.computeIfAbsent(to, unknown -> new Lane());
        synchronized (lane) {
            queue(to, lane, data);
        }
    }

    private void queue(PhysicalAddress to, Lane lane, byte[] data) {
        if (closed || lane.queuedBytes + data.length > MAX_QUEUED_BYTES) {
            lane.lost = true;
            return;
        }
        lane.queue.add(data);
        lane.queuedBytes += data.length;
        if (!lane.busy) {
            begin(to, lane);
        }
    }

    private void begin(PhysicalAddress to, Lane lane) {
        lane.busy = true;
        try {
            threads.execute(() -> drain(to, lane));
        } catch (RejectedExecutionException | OutOfMemoryError none) {
            LOG.debug("no thread to write to {}; what is still wanted is sent again", to);
            lane.busy = false;
            lane.drop();
        }
    }

    private void drain(PhysicalAddress to, Lane lane) {
        for (byte[] next; (next = next(lane)) != null;) {
            try {
                written(lane, to, next, 0, next.length);
            } catch (Exception | Error e) {
                LOG.debug("{} bytes were not sent to {}: {}", next.length, to, e.toString());
            }
        }
    }

    private void written(Lane lane, PhysicalAddress to, byte[] data, int offset, int length) throws Exception {
        boolean wasLost = true;
        try {
            writer.write(to, data, offset, length);
            synchronized (lane) {
                wasLost = lane.lost;
                lane.lost = false;
            }
        } catch (Exception | Error e) {
            synchronized (lane) {
                lane.lost = true;
            }
            throw e;
        }
        if (wasLost) {
            onLost.run();
        }
    }

    private byte @Nullable [] next(Lane lane) {
        synchronized (lane) {
            byte[] next = lane.queue.poll();
            if (next == null) {
                lane.busy = false;
                lane.notifyAll();
            } else {
                lane.queuedBytes -= next.length;
                lane.written(next.length, nanos.getAsLong());
            }
            return next;
        }
    }

    /** How many bytes wait to be written to a member, and one if anything is being written. */
    long waiting(Address to) {
        Lane lane = lanes.get(to);
        if (lane == null) {
            return 0;
        }
        synchronized (lane) {
            return lane.queuedBytes + (lane.busy ? 1 : 0);
        }
    }

    /** Forgets those to whom nothing is on its way, and who are no members. */
    void retain(Collection<? extends Address> members) {
        lanes.entrySet().removeIf(each -> !members.contains(each.getKey()) && waiting(each.getKey()) == 0);
    }

    /** Waits until all is written that is queued, but no longer than so. Then nothing is queued any more. */
    void finish(long millis) {
        long end = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (Lane lane : lanes.values()) {
                synchronized (lane) {
                    for (long left; lane.busy && (left = TimeUnit.NANOSECONDS.toMillis(end - nanos.getAsLong())) > 0;) {
                        lane.wait(left);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        lanes.values().forEach(lane -> {
            synchronized (lane) {
                lane.drop();
            }
        });
    }
}
