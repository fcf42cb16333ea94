package dev.parlor.internal.room;

import dev.parlor.MessagesDroppedException;
import dev.parlor.RoomTimeoutException;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Waits until everybody present has confirmed what was sent before. Guarded by the room's lock.
 *
 * <p>Who is lost meanwhile is not waited for. But if all are, and none of those who were in the room has confirmed, then
 * the others may have gone on without what was written, and that is no success.
 */
final class Flushes {
    private static final class Waiting {
        private final Completion<Void> future;
        private final boolean goodbye;
        /** Who has not confirmed. */
        private final Set<Long> participants;
        private boolean confirmed;
        /** Who has dropped how many messages, by name. */
        private final Map<String, Long> dropped = new TreeMap<>();

        Waiting(Completion<Void> future, boolean goodbye, Set<Long> participants) {
            this.future = future;
            this.goodbye = goodbye;
            this.participants = participants;
        }
    }

    private final RoomCore core;
    private final RoomState state;
    private final Messages messages;
    /** By token. An entry goes without the lock when its future is cancelled or given up by who holds it. */
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    /** How many of our messages each has dropped, as far as a flush has told. */
    private final Map<Long, Long> droppedKnown = new Bounded<>();
    private long nextToken = 1;

    Flushes(RoomCore core, RoomState state, Messages messages) {
        this.core = core;
        this.state = state;
        this.messages = messages;
    }

    /**
     * Asks everybody to confirm what was sent before; also those of whom we do not know yet that they are present, since
     * they may know it. Called without the lock.
     */
    CompletableFuture<Void> begin(Duration timeout) {
        return begin(timeout, false, messages::ping);
    }

    /** Tells everybody that this participant leaves, to be confirmed as well. Called without the lock. */
    CompletableFuture<Void> beginGoodbye(Duration timeout) {
        return begin(timeout, true, token -> core.outbox().control(null, () -> new Frame.Goodbye(token)));
    }

    private CompletableFuture<Void> begin(Duration timeout, boolean goodbye, LongConsumer ask) {
        Completion<Void> future = core.completions().create();
        long token;
        core.lock().lock();
        try {
            if (core.hasEnded()) {
                return future;
            }
            Set<Long> others = new HashSet<>(state.counted());
            others.remove(state.self());
            Waiting begun = new Waiting(future, goodbye, others);
            if (others.isEmpty()) {
                completeWithoutOthers(begun);
                return future;
            }
            token = nextToken++;
            waiting.put(token, begun);
            ask.accept(token);
        } finally {
            core.unlock();
        }
        future.whenComplete((done, late) -> waiting.remove(token));
        core.completions().expire(future, timeout, () -> core.locked(() -> expire(token, timeout)));
        return future;
    }

    private void expire(long token, Duration timeout) {
        Waiting expired = waiting.remove(token);
        if (expired != null) {
            List<String> names = expired.participants.stream()
                    .map(id -> state.nameOf(id).orElse(Long.toString(id))).sorted().toList();
            complete(expired, new RoomTimeoutException("not confirmed within " + timeout + " by " + names
                    + ": what was written is still sent"));
        }
    }

    void onPong(long from, Frame.Pong pong) {
        Waiting asked = waiting.get(pong.token());
        long known = droppedKnown.getOrDefault(from, 0L);
        if (asked != null && pong.dropped() > known) {
            droppedKnown.put(from, pong.dropped());
            asked.dropped.merge(state.nameOf(from).orElse(Long.toString(from)), pong.dropped() - known, Long::sum);
        }
        if (asked != null) {
            // Who is still joining confirms without having all of it, so that nobody waits for it.
            asked.confirmed |= state.presentOf(from) != null;
            asked.participants.remove(from);
            settle();
        }
    }

    /** A member has gone, or is left out: it is not waited for. */
    void onLeft(long member) {
        waiting.values().forEach(each -> each.participants.remove(member));
    }

    /** Ends those for which nobody is waited for any more. */
    void settle() {
        new TreeMap<>(waiting).forEach((token, each) -> {
            if (each.participants.isEmpty()) {
                waiting.remove(token);
                completeWithoutOthers(each);
            }
        });
    }

    private void completeWithoutOthers(Waiting each) {
        boolean nobodyHasIt = core.roster().isCutOff() && !each.confirmed && !each.goodbye;
        RuntimeException dropped = each.dropped.isEmpty() || each.goodbye ? null : new MessagesDroppedException(each.dropped);
        complete(each, nobodyHasIt ? new RoomTimeoutException("cut off from all others before any of them confirmed: "
                + "what was written is kept, and handed over when they are met again") : dropped);
    }

    private void complete(Waiting each, RuntimeException why) {
        if (why == null) {
            core.completions().complete(each.future, null);
        } else {
            core.completions().fail(each.future, why);
        }
    }
}
