package dev.parlor.internal.net.jgroups;

import java.security.MessageDigest;
import javax.crypto.SecretKey;

/**
 * Another sender under the room's key, as it is known here: its key, and whether it has shown that it is there now. A
 * recording shows the one and never the other. Thread-safe.
 */
final class Peer {
    private final SecretKey key;
    private byte[] asked;
    private long askedNanos;
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

    /** Whether it is to be asked to show that it is there, with this question: not if it was asked just now. */
    synchronized boolean ask(byte[] question, long nowNanos, long intervalNanos) {
        if (isThere() || asked != null && nowNanos - askedNanos < intervalNanos) {
            return false;
        }
        asked = question;
        askedNanos = nowNanos;
        return true;
    }

    /** It gave a question back, in the datagram of this number: if it was ours, all that it sends from then on is new. */
    synchronized void answered(byte[] question, long number) {
        if (!isThere() && asked != null && MessageDigest.isEqual(asked, question)) {
            asked = null;
            window = new ReplayWindow(number);
        }
    }
}
