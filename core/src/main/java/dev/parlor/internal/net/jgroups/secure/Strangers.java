package dev.parlor.internal.net.jgroups.secure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts the datagrams of those who do not know the passphrase, and tells of them now and then: a flood of them must cost no
 * more than their counting. Thread-safe.
 */
public final class Strangers {
    /** Told of at most so often, however many come. */
    private static final long INTERVAL_NANOS = 100_000_000L;
    /** Where JGroups says in the clear which cluster a multicast message is for. */
    private static final int CLUSTER_NAME_WITHIN = 128;

    /** Who is told. */
    public interface Listener {
        /**
         * Some have come.
         *
         * @param count since it was told last
         * @param ofThisRoom whether any so far said that it is of this room
         */
        void onStrangers(long count, boolean ofThisRoom);
    }

    private final byte[] clusterName;
    private final LongSupplier nanos;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicBoolean ofThisRoom = new AtomicBoolean();
    private final AtomicLong nextNanos;
    private volatile Listener listener = (count, room) -> { };

    public Strangers(String clusterName, LongSupplier nanos) {
        this.clusterName = clusterName.getBytes(StandardCharsets.US_ASCII);
        this.nanos = nanos;
        this.nextNanos = new AtomicLong(nanos.getAsLong());
    }

    /** Whom to tell from now on. */
    public void listener(Listener told) {
        listener = told;
    }

    /**
     * One has come.
     *
     * @param sealedHere whether it says that it was sealed by somebody of this room
     * @return whether this is the moment to do something about it, which is seldom
     */
    public boolean met(boolean sealedHere, byte[] datagram, int offset, int length) {
        untold.incrementAndGet();
        long now = nanos.getAsLong();
        long next = nextNanos.get();
        boolean seldom = now - next >= 0 && nextNanos.compareAndSet(next, now + INTERVAL_NANOS);
        boolean first = !ofThisRoom.get() && (sealedHere || isOfOpenRoom(datagram, offset, length))
                && ofThisRoom.compareAndSet(false, true);
        if (seldom || first) {
            listener.onStrangers(untold.getAndSet(0), ofThisRoom.get());
        }
        return seldom;
    }

    /** Whether it is a message of JGroups for the cluster of this room, as those send who give no passphrase. */
    boolean isOfOpenRoom(byte[] datagram, int offset, int length) {
        int last = offset + Math.min(length, CLUSTER_NAME_WITHIN) - clusterName.length;
        for (int at = offset; at <= last; at++) {
            if (Arrays.equals(datagram, at, at + clusterName.length, clusterName, 0, clusterName.length)) {
                return true;
            }
        }
        return false;
    }
}
