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
 * for that as long as there is something. What nobody takes is dropped in the end, and JGroups repeats it. Thread-safe.
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
        /** Whether a thread writes what is queued. */
        boolean busy;
        /** What was written and is not taken for confirmed yet. */
        long unconfirmedBytes;
        long lookedNanos;
        long dropped;

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
    }

    private final Writer writer;
    private final Executor threads;
    private final LongSupplier nanos;
    private final Map<PhysicalAddress, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Lanes(Writer writer, LongSupplier nanos) {
        this(writer, THREADS, nanos);
    }

    /** @param threads where is written what may stand still */
    Lanes(Writer writer, Executor threads, LongSupplier nanos) {
        this.writer = writer;
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
        boolean begins = false;
        synchronized (lane) {
            boolean here = connected && lane.keeps(length, nanos.getAsLong());
            if (here) {
                lane.written(length, nanos.getAsLong());
            } else if (closed || lane.queuedBytes + length > MAX_QUEUED_BYTES) {
                lane.dropped++;
                return;
            } else {
                lane.queue.add(Arrays.copyOfRange(data, offset, offset + length));
                lane.queuedBytes += length;
                if (lane.busy) {
                    return;
                }
                lane.busy = true;
                begins = true;
            }
        }
        if (!begins) {
            writer.write(to, data, offset, length);
            return;
        }
        try {
            threads.execute(() -> drain(to, lane));
        } catch (RejectedExecutionException | OutOfMemoryError none) {
            drain(to, lane);
        }
    }

    private void drain(PhysicalAddress to, Lane lane) {
        for (byte[] next; (next = next(lane)) != null;) {
            try {
                writer.write(to, next, 0, next.length);
            } catch (Exception | Error e) {
                LOG.debug("{} bytes were not sent to {}: {}", next.length, to, e.toString());
            }
        }
    }

    private byte @Nullable [] next(Lane lane) {
        synchronized (lane) {
            byte[] next = lane.queue.poll();
            if (next == null) {
                lane.busy = false;
                lane.notifyAll();
                if (lane.dropped > 0) {
                    LOG.debug("{} packets were dropped for one who took nothing; what is still wanted is sent again", lane.dropped);
                    lane.dropped = 0;
                }
            } else {
                lane.queuedBytes -= next.length;
                lane.written(next.length, nanos.getAsLong());
            }
            return next;
        }
    }

    /** Whether something waits to be written to a member: it has not been lost, and need not be sent again. */
    boolean isBehind(Address to) {
        Lane lane = lanes.get(to);
        if (lane == null) {
            return false;
        }
        synchronized (lane) {
            return lane.busy;
        }
    }

    /** Forgets those to whom nothing is on its way, and who are no members. */
    void retain(Collection<? extends Address> members) {
        lanes.entrySet().removeIf(each -> !members.contains(each.getKey()) && !isBehind(each.getKey()));
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
                lane.queue.clear();
                lane.queuedBytes = 0;
            }
        });
    }

    /** From now on all is sent again, after {@link #finish}. */
    void open() {
        closed = false;
    }
}
