package dev.parlor.internal.net.jgroups.secure;

import java.security.MessageDigest;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Another sender under the room's key, as it is known here: its key, and whether it has shown that it is there now. A
 * recording shows the one and never the other. Thread-safe.
 */
public final class Peer {
    /** Who does not answer is asked again after this time: the answer takes a round trip, or was lost... */
    private static final long ASK_AGAIN_NANOS = 20_000_000L;
    /** ...then after twice that time, and twice again, up to this: a recording never answers. */
    private static final long MAX_ASK_AGAIN_NANOS = 320_000_000L;
    /**
     * So long the same question is asked, which one answer ends however long it took, and so long again its answer is still
     * taken. What an adversary can hold back, and have taken later, is no older than both.
     */
    private static final long QUESTION_NANOS = 5_000_000_000L;

    private final SecretKey key;
    private byte @Nullable [] question;
    private byte @Nullable [] formerQuestion;
    private long questionNanos;
    private long askedNanos;
    private long askAgainNanos;
    private long newest;
    private @Nullable ReplayWindow detections;
    private byte @Nullable [] kept;
    private long keptNumber;
    private boolean isAnswered;
    private boolean hasMet;
    private volatile @Nullable ReplayWindow discoveries;
    private volatile @Nullable ReplayWindow window;

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

    /** The same of those of discovery, which others of the transport overtake by thousands. */
    boolean takeDiscovery(long number) {
        ReplayWindow open = discoveries;
        return open != null && open.take(number);
    }

    /** Keeps what is to be taken when it has shown that it is there: the newest. */
    synchronized void keep(byte[] bytes, long number) {
        kept = bytes;
        keptNumber = number;
    }

    /** What was kept, once, if its sender says that it was sent just now: it may have been recorded long ago. */
    synchronized byte @Nullable [] takeKept(long since) {
        if (!isThere()) {
            return null;
        }
        byte[] taken = keptNumber >= since ? kept : null;
        kept = null;
        return taken;
    }

    /**
     * Whether this datagram is the newest of a sender that has not shown that it is there. Only the newest is a reason to ask
     * or to answer: what was recorded is one once at most, and never again after a word of the sender itself.
     */
    synchronized boolean isNewest(long number) {
        boolean newer = number > newest;
        newest = Math.max(newest, number);
        return newer;
    }

    /** Whether this message of failure detection has not come before; on two connections one may overtake the other. */
    public synchronized boolean takeDetection(long number) {
        if (detections == null) {
            detections = new ReplayWindow(Math.max(0, number - ReplayWindow.SIZE));
        }
        return detections.take(number);
    }

    /** A question by which it can show that it is there; null if it has, or was asked just now. */
    synchronized byte @Nullable [] ask(Supplier<byte[]> newQuestion, long nowNanos) {
        if (isThere() || question != null && nowNanos - askedNanos < askAgainNanos) {
            return null;
        }
        askAgainNanos = question == null ? ASK_AGAIN_NANOS : Math.min(2 * askAgainNanos, MAX_ASK_AGAIN_NANOS);
        askedNanos = nowNanos;
        if (question == null || nowNanos - questionNanos > QUESTION_NANOS) {
            formerQuestion = question;
            question = newQuestion.get();
            questionNanos = nowNanos;
        }
        return question;
    }

    /** It gave a question back, in the datagram of this number: if it was ours, all that it sends from then on is new. */
    synchronized void answered(byte[] answer, long number, long nowNanos) {
        if (!isThere() && question != null && isAsked(answer, nowNanos - questionNanos)) {
            question = null;
            formerQuestion = null;
            discoveries = new ReplayWindow(number);
            window = new ReplayWindow(number);
        }
    }

    /** It was sent an answer to a question of its own. */
    synchronized void wasAnswered() {
        isAnswered = true;
    }

    /** Whether both have shown each other that they are there, so that each takes what the other sends from now on; said once. */
    synchronized boolean meets() {
        boolean meets = isAnswered && isThere() && !hasMet;
        hasMet |= meets;
        return meets;
    }

    private boolean isAsked(byte[] answer, long ageNanos) {
        return ageNanos <= 2 * QUESTION_NANOS && MessageDigest.isEqual(question, answer)
                || formerQuestion != null && ageNanos <= QUESTION_NANOS && MessageDigest.isEqual(formerQuestion, answer);
    }
}
