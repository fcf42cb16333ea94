package dev.parlor.internal.machine.flush;

import dev.parlor.MessagesDroppedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until everybody present has confirmed what was sent before. Guarded by the room's lock.
 *
 * <p>Who is lost meanwhile is not waited for. But if all are, and none of those who were in the room has confirmed, then
 * the others may have gone on without what was written, and that is no success.
 */
public final class Flushes {
    /** There is nobody to wait for. */
    public static final long NONE = 0;
    private static final byte[] NO_PAYLOAD = new byte[0];

    private static final class Waiting {
        private final Promise<@Nullable Void> promise;
        private final boolean goodbye;
        /** Who has not confirmed. */
        private final Set<Long> participants;
        private boolean confirmed;
        /** Who has dropped how many messages, by name. */
        private final Map<String, Long> dropped = new TreeMap<>();

        Waiting(Promise<@Nullable Void> promise, boolean goodbye, Set<Long> participants) {
            this.promise = promise;
            this.goodbye = goodbye;
            this.participants = participants;
        }
    }

    private final RoomState state;
    private final Outbox outbox;
    private final BooleanSupplier cutOff;
    /** By token, the oldest first. */
    private final Map<Long, Waiting> waiting = new TreeMap<>();
    /** How many of our messages each has dropped, as far as a flush has told. */
    private final Map<Long, Long> droppedKnown = new Bounded<>();
    private long nextToken = NONE + 1;

    /** @param cutOff whether this participant is cut off from all others */
    public Flushes(RoomState state, Outbox outbox, BooleanSupplier cutOff) {
        this.state = state;
        this.outbox = outbox;
        this.cutOff = cutOff;
    }

    /**
     * Asks everybody to confirm what was sent before; also those of whom we do not know yet that they are present, since
     * they may know it.
     *
     * @return its token, or {@link #NONE} if it has ended
     */
    public long begin(Promise<@Nullable Void> promise) {
        long token = begin(promise, false);
        if (token != NONE) {
            outbox.message(new Outbox.Outgoing(null, new AppMessage(AppMessage.Kind.PING, token, NO_PAYLOAD)));
        }
        return token;
    }

    /** Tells everybody that this participant leaves, to be confirmed as well. @return as {@link #begin} */
    public long beginGoodbye(Promise<@Nullable Void> promise) {
        long token = begin(promise, true);
        if (token != NONE) {
            outbox.control(null, () -> new Frame.Goodbye(token));
        }
        return token;
    }

    private long begin(Promise<@Nullable Void> promise, boolean goodbye) {
        Set<Long> others = new HashSet<>(state.counted());
        others.remove(state.self());
        Waiting begun = new Waiting(promise, goodbye, others);
        if (others.isEmpty()) {
            completeWithoutOthers(begun);
            return NONE;
        }
        waiting.put(nextToken, begun);
        return nextToken++;
    }

    /** Nobody waits for it any more. */
    public void forget(long token) {
        waiting.remove(token);
    }

    /** It has taken too long. @param timeout what it was given */
    public void expire(long token, Duration timeout) {
        Waiting expired = waiting.remove(token);
        if (expired != null) {
            List<String> names = expired.participants.stream()
                    .map(id -> state.nameOf(id).orElse(Long.toString(id))).sorted().toList();
            expired.promise.fail(new RoomTimeoutException("not confirmed within " + timeout + " by " + names
                    + ": what was written is still sent"));
        }
    }

    /** Somebody has all that was sent before a question, but for what it has dropped. */
    public void onPong(long from, Frame.Pong pong) {
        Waiting asked = waiting.get(pong.token());
        if (asked == null) {
            return;
        }
        long known = droppedKnown.getOrDefault(from, 0L);
        if (pong.dropped() > known) {
            droppedKnown.put(from, pong.dropped());
            asked.dropped.merge(state.nameOf(from).orElse(Long.toString(from)), pong.dropped() - known, Long::sum);
        }
        // Who is still joining confirms without having all of it, so that nobody waits for it.
        asked.confirmed |= state.presentOf(from) != null;
        asked.participants.remove(from);
        settle();
    }

    /** A member has gone, or is left out: it is not waited for. */
    public void onLeft(long member) {
        waiting.values().forEach(each -> each.participants.remove(member));
    }

    /** Ends those for which nobody is waited for any more. */
    public void settle() {
        waiting.values().removeIf(each -> {
            boolean over = each.participants.isEmpty();
            if (over) {
                completeWithoutOthers(each);
            }
            return over;
        });
    }

    private void completeWithoutOthers(Waiting each) {
        if (each.goodbye) {
            each.promise.succeed(null);
        } else if (!each.confirmed && cutOff.getAsBoolean()) {
            each.promise.fail(new RoomTimeoutException("cut off from all others before any of them confirmed: "
                    + "what was written is kept, and handed over when they are met again"));
        } else if (!each.dropped.isEmpty()) {
            each.promise.fail(new MessagesDroppedException(each.dropped));
        } else {
            each.promise.succeed(null);
        }
    }
}
