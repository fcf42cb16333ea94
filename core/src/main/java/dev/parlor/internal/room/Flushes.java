package dev.parlor.internal.room;

import dev.parlor.RoomTimeoutException;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Waits until everybody present has confirmed what was sent before. Guarded by the room's lock. */
final class Flushes {
    private record Waiting(CompletableFuture<Void> future, Set<Long> participants) {}

    private final RoomCore core;
    private final RoomState state;
    private final Messages messages;
    private final Map<Long, Waiting> waiting = new HashMap<>();
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
        return begin(timeout, messages::ping);
    }

    /** Tells everybody that this participant leaves, to be confirmed as well. Called without the lock. */
    CompletableFuture<Void> beginGoodbye(Duration timeout) {
        return begin(timeout, token -> core.outbox().control(null, () -> new Frame.Goodbye(token)));
    }

    private CompletableFuture<Void> begin(Duration timeout, LongConsumer ask) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        core.track(future);
        core.locked(() -> {
            Set<Long> others = new HashSet<>(state.members());
            others.remove(state.self());
            if (others.isEmpty()) {
                future.complete(null);
                return;
            }
            long token = nextToken++;
            waiting.put(token, new Waiting(future, others));
            ask.accept(token);
            core.environment().timer().after(timeout.toMillis(), () -> core.locked(() -> expire(token, timeout)));
        });
        return future;
    }

    private void expire(long token, Duration timeout) {
        Waiting expired = waiting.remove(token);
        if (expired != null) {
            List<String> names = expired.participants().stream()
                    .map(id -> state.nameOf(id).orElse(Long.toString(id))).sorted().toList();
            complete(expired, new RoomTimeoutException("not confirmed within " + timeout + " by " + names
                    + ": what was written is still sent"));
        }
    }

    void onPong(long from, long token) {
        Waiting confirmed = waiting.get(token);
        if (confirmed != null) {
            confirmed.participants().remove(from);
            completeIfAll(token, confirmed);
        }
    }

    void onLeft(long member) {
        new TreeMap<>(waiting).forEach((token, each) -> {
            each.participants().remove(member);
            completeIfAll(token, each);
        });
    }

    private void completeIfAll(long token, Waiting each) {
        if (each.participants().isEmpty()) {
            waiting.remove(token);
            complete(each, null);
        }
    }

    /** Not here, under the lock, since whoever waits may go on at once on this thread, with anything. */
    private void complete(Waiting each, RuntimeException why) {
        core.environment().callbacks().execute(() -> {
            if (why == null) {
                each.future().complete(null);
            } else {
                each.future().completeExceptionally(why);
            }
        });
    }
}
