package dev.parlor.internal.net.jgroups.roaming;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jspecify.annotations.Nullable;

/** Writes to a member where it is reached; where nobody can connect to it, on the connection that it has opened. Thread-safe, and may stand still. */
final class PathWriter implements Lanes.Writer {
    private final Paths paths;
    private final Predicate<Address> isEstablished;
    private final Predicate<Address> isThere;
    private final Lanes.Writer post;

    /**
     * @param isEstablished whether there is a connection that can be written to
     * @param isThere whether there is a connection
     * @param post writes to a place, and connects to it if need be
     */
    PathWriter(Paths paths, Predicate<Address> isEstablished, Predicate<Address> isThere, Lanes.Writer post) {
        this.paths = paths;
        this.isEstablished = isEstablished;
        this.isThere = isThere;
        this.post = post;
    }

    @Override
    public void write(PhysicalAddress to, byte[] data, int offset, int length) throws Exception {
        PhysicalAddress there = paths.of(to);
        boolean connected = isEstablished.test(there);
        if (!connected && paths.isBlocked(to)) {
            writeBack(to, data, offset, length, null);
            return;
        }
        try {
            post.write(there, data, offset, length);
            if (!connected) {
                paths.worked(to);
            }
        } catch (SocketException | SocketTimeoutException e) {
            if (!connected) {
                paths.failed(to);
            }
            writeBack(to, data, offset, length, e);
        }
    }

    private void writeBack(PhysicalAddress to, byte[] data, int offset, int length, @Nullable Exception why) throws Exception {
        Address back = paths.back(to);
        if (back == null || !isThere.test(back)) {
            throw why != null ? why : new SocketException(to + " does not take connections at the moment");
        }
        post.write((PhysicalAddress) back, data, offset, length);
    }
}
