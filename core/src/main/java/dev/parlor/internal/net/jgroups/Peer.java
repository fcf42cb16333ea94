package dev.parlor.internal.net.jgroups;

import java.security.MessageDigest;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/**
 * Another sender under the room's key, as it is known here: its key, and whether it has shown that it is there now. A
 * recording shows the one and never the other. Thread-safe.
 */
final class Peer {
    /** Questions that are answered of who has not shown that it is there: who is asks a few times, till it is answered. */
    private static final int MAX_ANSWERS = 200;

    private final SecretKey key;
    private byte[] asked;
    private long askedNanos;
    private int answered;
    private ReplayWindow detections;
    private volatile ReplayWindow window;

    Peer(SecretKey key) {
        this.key = key;
    }

    SecretKey key() {
        return key;
    }

    /** Whether it has shown that it is there now. */
    boolean isThere() {
        return window != null;
    }

    /** Whether it is there and this datagram of it has not come before. */
    boolean take(long number) {
        ReplayWindow open = window;
        return open != null && open.take(number);
    }

    /** Whether its question is to be answered: many of who has not shown that it is there are of a recording. */
    synchronized boolean mayAsk() {
        return isThere() || answered++ < MAX_ANSWERS;
    }

    /** Whether this message of {@link SocketDetection} has not come before; on two connections one may overtake the other. */
    synchronized boolean takeDetection(long number) {
        if (detections == null) {
            detections = new ReplayWindow(Math.max(0, number - ReplayWindow.SIZE));
        }
        return detections.take(number);
    }

    /** A question by which it can show that it is there; null if it has, or was asked just now. */
    synchronized byte[] ask(Supplier<byte[]> question, long nowNanos, long intervalNanos) {
        if (isThere() || asked != null && nowNanos - askedNanos < intervalNanos) {
            return null;
        }
        asked = question.get();
        askedNanos = nowNanos;
        return asked;
    }

    /** It gave a question back, in the datagram of this number: if it was ours, all that it sends from then on is new. */
    synchronized void answered(byte[] question, long number) {
        if (!isThere() && asked != null && MessageDigest.isEqual(asked, question)) {
            asked = null;
            window = new ReplayWindow(number);
        }
    }
}
