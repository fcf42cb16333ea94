package dev.parlor.internal.machine.state;

import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * What has come from one member: which of its frames to all have arrived, which are part of our state (by arriving, or by
 * a repair), and the messages that wait for what was sent before them. Session data is applied as it comes, since its
 * order does not matter; messages are held while a frame before them is missing, to all or to us alone, and are handed on
 * in the order of sending. Guarded by the room's lock.
 */
public final class Inbound {
    /** Messages held for one member. More come only while a repair fails for seconds. */
    public static final int MAX_HELD = 65_536;
    /** A frame to all that others had when they spoke of it arrives within this time, or was sent before we came. */
    public static final long ARRIVAL_NANOS = 2_000_000_000L;
    /** A frame to us alone that was sent before another such frame, or with it, comes no later than this after it, or was lost. */
    private static final long LOST_NANOS = 400_000_000L;

    /** A message with its place among all of its sender: the frames to all, and the frames to us after the last of them. */
    private record Held(AppMessage message, boolean direct, long number, long count, long afterDirects, long afterJump,
            long userVersion, long order, long sinceNanos) {
        private static final Comparator<Held> SENDING = Comparator.comparingLong(Held::number)
                .thenComparingLong(held -> held.direct() ? held.count() : 0).thenComparingLong(Held::order);
    }

    /** All frames up to this number are part of our state. */
    private long covered;
    /** The last frame to all that arrived; those from runFirst to it came without a gap. */
    private long arrived;
    private long runFirst = 1;
    /** When the last frame to all came, and the one before it; 0 for never. */
    private long heardNanos;
    private long heardBeforeNanos;
    private boolean skipped;
    /** The last frame to all that did not follow the one that arrived before it: of frames to us alone those between may have told. */
    private long jump;
    /** When any frame came last; 0 for never. */
    private long spokeNanos;
    /** The last frame to us alone that arrived. */
    private long directs;
    /** The last frame to us alone that came before some frame to all, and so before all that follow that one. */
    private long marked;
    /** The last of its frames to all of which its frames to us alone told, and since when it is missing: it may be late. */
    private long told;
    private long lateSinceNanos;
    /** What is missing up to here is not waited for any more by messages; it is still asked for. */
    private long excusedNumber;
    private long excusedDirects;
    private long excusedJump;
    private long excusedUserVersion;
    /** The last of its frames to all that a frame to us alone followed, and since when that is known. */
    private long followed;
    private long followedSinceNanos;
    private final PriorityQueue<Held> held = new PriorityQueue<>(Held.SENDING);
    /** Questions whether all that was sent before is here. They wait for state, however long it takes to be repaired. */
    private final PriorityQueue<Held> pings = new PriorityQueue<>(Held.SENDING);
    private final Budget budget;
    /** The last frame to all of which messages were handed on. */
    private long heard;
    private long nextOrder;
    private long gapSinceNanos;
    private boolean met;
    private long askedNanos;

    /** @param budget what the messages held for all members may take together */
    public Inbound(Budget budget) {
        this.budget = budget;
    }

    /** What has come of one that is gone, without what was held: it may come back and with it what came before. */
    public Inbound away() {
        held.forEach(this::free);
        pings.forEach(this::free);
        Inbound away = new Inbound(budget);
        away.covered = covered;
        away.arrived = arrived;
        away.runFirst = runFirst;
        away.directs = directs;
        away.marked = marked;
        away.jump = jump;
        away.heard = heard;
        away.followed = followed;
        away.followedSinceNanos = followedSinceNanos;
        away.heardNanos = heardNanos;
        return away;
    }

    /** We are present from now on: what was sent before is in our state, and its messages were not for us. */
    public void begin() {
        if (arrived <= covered) {
            arrived = covered;
            runFirst = covered + 1;
        }
        jump = 0;
        join();
    }

    /** It was met by a merge: what it sent before was not for us, and is not counted as missed. */
    public void met() {
        met = true;
    }

    /** Whether the next frame to all is the first since it was met; asked once. */
    public boolean takeMet() {
        boolean first = met;
        met = false;
        return first;
    }

    /**
     * A frame to all has come. Frames of one member to all come in order, so one that is not newer came before.
     *
     * @return how many frames are newly found missing before it; -1 if it came before
     */
    public long frameToAll(long number, long nowNanos) {
        spokeNanos = nowNanos;
        if (number <= arrived) {
            return -1;
        }
        skipped = heardNanos != 0 && number != arrived + 1;
        heardBeforeNanos = heardNanos;
        heardNanos = nowNanos;
        boolean hadGap = hasGap();
        long missing = Math.max(0, number - Math.max(arrived, covered) - 1);
        if (number != arrived + 1) {
            runFirst = number;
            jump = number;
        }
        arrived = number;
        join();
        if (hasGap() && !hadGap) {
            gapSinceNanos = nowNanos;
        }
        return missing;
    }

    /** Whether the last frame to all did not follow the one before it, so that a frame to us alone is needed that was sent after it. */
    public boolean hasJumped() {
        return jump == arrived && followed < jump;
    }

    /** When any frame came last; 0 for never. */
    public long spokeNanos() {
        return spokeNanos;
    }

    /** When the last frame to all came before one that did not come, if the one that came last did not follow it; or 0. */
    public long skippedSinceNanos() {
        return skipped ? heardBeforeNanos : 0;
    }

    /** Whether all frames to all after one and up to another have come, whatever was missed before. */
    public boolean hasAll(long after, long last) {
        return covered >= last || arrived >= last && (runFirst <= after + 1 || after >= last);
    }

    /** Our state is known to hold all frames up to this number. */
    public void cover(long number) {
        covered = Math.max(covered, number);
        join();
    }

    /** A frame to us alone was sent after the frame to all of this number. */
    public void toldOf(long number, long nowNanos) {
        spokeNanos = nowNanos;
        if (number > covered && told <= covered) {
            lateSinceNanos = nowNanos;
        }
        told = Math.max(told, number);
        if (number > followed) {
            followed = number;
            followedSinceNanos = nowNanos;
        }
    }

    /** Whether the first message, or question, waits for frames to us alone, known or not, and has done so for a while. */
    public boolean lacksDirects(long nowNanos) {
        return lacksDirects(held.peek(), nowNanos) || lacksDirects(pings.peek(), nowNanos);
    }

    private boolean lacksDirects(Held first, long nowNanos) {
        return first != null && !hasDirectsBefore(first) && nowNanos - first.sinceNanos() > LOST_NANOS;
    }

    /** Frames to us alone come in the order of sending: with one that was sent after a jump all are here that were sent before it. */
    private boolean hasDirectsBefore(Held message) {
        return message.afterDirects() <= Math.max(directs, excusedDirects)
                && message.afterJump() <= Math.max(followed, excusedJump);
    }

    /**
     * Gives up to wait for frames to us alone that were lost: they were sent before a frame to all, and a frame to us alone came
     * that was sent after that one. Frames to one come in order.
     *
     * @return how many were lost
     */
    public long giveUpLostDirects(long nowNanos) {
        return giveUpLostDirects(held.peek(), nowNanos) + giveUpLostDirects(pings.peek(), nowNanos);
    }

    private long giveUpLostDirects(Held first, long nowNanos) {
        if (!lacksDirects(first, nowNanos) || first.number() > followed || nowNanos - followedSinceNanos <= LOST_NANOS) {
            return 0;
        }
        long lost = first.afterDirects() - Math.max(directs, excusedDirects);
        excusedDirects = first.afterDirects();
        return lost;
    }

    private void join() {
        if (runFirst <= covered + 1) {
            covered = Math.max(covered, arrived);
        }
    }

    public boolean hasGap() {
        return arrived > covered;
    }

    /** Whether something has been missing for so long that it is to be asked for, as by a gap or by what followed it. */
    public boolean lacks(long nowNanos, long graceNanos) {
        return hasGap() && nowNanos - gapSinceNanos > graceNanos
                || told > covered && nowNanos - lateSinceNanos > graceNanos;
    }

    public long covered() {
        return covered;
    }

    /** When this member was last asked for what is missing. */
    public long askedNanos() {
        return askedNanos;
    }

    public void asked(long nowNanos) {
        askedNanos = nowNanos;
    }

    /** A frame to us alone has come; false if it came before. */
    public boolean frameToUs(long count) {
        if (count <= directs) {
            return false;
        }
        directs = count;
        return true;
    }

    /**
     * Holds a message to all; false if too many are held.
     *
     * @param afterDirects the last frame to us alone before it, if its sender says so with this frame
     */
    public boolean holdToAll(AppMessage message, long number, long afterDirects, long userVersion, long nowNanos) {
        marked = Math.max(marked, afterDirects);
        return hold(new Held(message, false, number, 0, marked, jump, userVersion, nextOrder++, nowNanos));
    }

    /**
     * Whether a message to all need not be held, since nothing before it is missing and nothing is held.
     *
     * @param needed the version of the sender's user data that it follows
     * @param userVersion of the sender's user data that is here
     */
    public boolean passesToAll(long number, long afterDirects, long needed, long userVersion) {
        marked = Math.max(marked, afterDirects);
        boolean passes = held.isEmpty() && number <= Math.max(covered, excusedNumber)
                && marked <= Math.max(directs, excusedDirects) && jump <= Math.max(followed, excusedJump)
                && needed <= Math.max(userVersion, excusedUserVersion);
        if (passes) {
            heard = number;
        }
        return passes;
    }

    /**
     * Whether messages to us alone, sent after the frame to all of this number, come so late that a message sent after them was
     * handed on: as nobody waits for them any more.
     */
    public boolean isOvertaken(long afterNumber) {
        return afterNumber < heard;
    }

    /** Holds a message to us alone; false if too many are held. */
    public boolean holdToUs(AppMessage message, long afterNumber, long count, long userVersion, long nowNanos) {
        return hold(new Held(message, true, afterNumber, count, 0, 0, userVersion, nextOrder++, nowNanos));
    }

    private boolean hold(Held message) {
        Queue<Held> queue = message.message().kind() == AppMessage.Kind.PING ? pings : held;
        return queue.size() < MAX_HELD && budget.take(Use.HELD, bytesOf(message)) && queue.add(message);
    }

    private void handOn(Queue<Held> queue, BiConsumer<AppMessage, Boolean> deliver) {
        Held next = queue.poll();
        free(next);
        if (queue == held && !next.direct()) {
            heard = Math.max(heard, next.number());
        }
        deliver.accept(next.message(), next.direct());
    }

    private void free(Held message) {
        budget.free(Use.HELD, bytesOf(message));
    }

    private static long bytesOf(Held message) {
        return Budget.MESSAGE_OVERHEAD_BYTES + (long) message.message().payload().length;
    }

    /**
     * Hands on the messages before which nothing is missing any more, in the order of sending.
     *
     * @param userVersion of the sender's user data that is here
     * @param awakeSinceNanos since when this program has not stood still: what came meanwhile may be read only now
     */
    public void release(long userVersion, long nowNanos, long awakeSinceNanos, BiConsumer<AppMessage, Boolean> deliver) {
        while (!held.isEmpty() && isReady(held.peek(), Math.max(covered, excusedNumber),
                Math.max(userVersion, excusedUserVersion), nowNanos, awakeSinceNanos)) {
            handOn(held, deliver);
        }
        while (!pings.isEmpty() && isReady(pings.peek(), covered, userVersion, nowNanos, awakeSinceNanos)) {
            handOn(pings, deliver);
        }
    }

    private boolean isReady(Held next, long upToNumber, long upToUserVersion, long nowNanos, long awakeSinceNanos) {
        if (next.number() > upToNumber || !hasDirectsBefore(next) || next.userVersion() > upToUserVersion) {
            return false;
        }
        // A frame to all can be part of our state before it arrives, and its messages come first.
        return !next.direct() || next.number() <= arrived
                || nowNanos - Math.max(next.sinceNanos(), awakeSinceNanos) > ARRIVAL_NANOS;
    }

    /** How long the first message has been held, or a question for nothing but messages; or 0. */
    public long heldNanos(long nowNanos) {
        long message = held.isEmpty() ? 0 : nowNanos - held.peek().sinceNanos();
        return lacksOnlyDirects(pings.peek()) ? Math.max(message, nowNanos - pings.peek().sinceNanos()) : message;
    }

    /** Messages are not repaired: a question that waited for a lost one for ever would fail every flush of its sender. */
    private boolean lacksOnlyDirects(Held ping) {
        return ping != null && ping.number() <= covered && !hasDirectsBefore(ping);
    }

    /** Whether the first message, or question, waits for user data that is not here. */
    public boolean lacksUserData(long userVersion) {
        return lacksUserData(held, userVersion) || lacksUserData(pings, userVersion);
    }

    private static boolean lacksUserData(Queue<Held> queue, long userVersion) {
        return !queue.isEmpty() && queue.peek().userVersion() > userVersion;
    }

    public int heldMessages() {
        return held.size();
    }

    /** Messages do not wait any more for what is missing before the first of them, nor questions for lost messages. */
    public void excuse() {
        if (lacksOnlyDirects(pings.peek())) {
            excuseDirectsBefore(pings.peek());
        }
        if (!held.isEmpty()) {
            excusedNumber = Math.max(excusedNumber, held.peek().number());
            excuseDirectsBefore(held.peek());
            excusedUserVersion = Math.max(excusedUserVersion, held.peek().userVersion());
        }
    }

    private void excuseDirectsBefore(Held message) {
        excusedDirects = Math.max(excusedDirects, message.afterDirects());
        excusedJump = Math.max(excusedJump, message.afterJump());
    }
}
