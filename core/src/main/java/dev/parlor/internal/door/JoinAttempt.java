package dev.parlor.internal.door;

import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.SyncProgress;
import dev.parlor.internal.engine.RoomEngine;
import dev.parlor.internal.future.Completion;
import dev.parlor.internal.future.Completions;
import dev.parlor.internal.machine.state.RoomOptions;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.facade.Encoding;
import dev.parlor.internal.facade.SharedRoom;
import dev.parlor.internal.thread.Environment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One join under way, and its future. However that ends, if not with the room that was joined, nobody is left in the
 * room, nor any thread or socket: not if whoever waits gives up, in whatever way, nor if anything on the way throws.
 * Thread-safe.
 */
final class JoinAttempt {
    /**
     * So long listeners wait for what depends on the join, which shall be done before the first of them is called; longer,
     * and it may be the program itself, that waits for its listeners.
     */
    private static final long TELLING_MILLIS = 1_000;

    private final Surroundings surroundings;
    private final Environment environment;
    private final Completions completions;
    private final Completion<Room> result;
    private final AtomicBoolean abandoned = new AtomicBoolean();
    /** Null until there is one. */
    private volatile @Nullable RoomEngine engine;
    /** What the future is to end with, null until then: whoever completes it with another room does not hold this one. */
    private volatile @Nullable Room room;

    JoinAttempt(Surroundings surroundings, Environment environment) {
        this.surroundings = surroundings;
        this.environment = environment;
        this.completions = new Completions(environment);
        this.result = completions.create();
        result.whenComplete((joined, thrown) -> {
            if (joined == null || joined != room) {
                abandon();
            }
        });
    }

    CompletableFuture<Room> result() {
        return result;
    }

    /**
     * Begins, on the worker.
     *
     * @param listeners register what the builder was given
     * @param progressListener null for none
     */
    void begin(RoomOptions options, Encoding encoding, CompletableFuture<Network> network,
            List<Consumer<SharedRoom>> listeners, @Nullable Consumer<? super SyncProgress> progressListener) {
        environment.worker().execute(() -> {
            try {
                RoomEngine opened = open(options, encoding, network, progressListener);
                engine = opened;
                SharedRoom joining = new SharedRoom(opened, encoding);
                surroundings.joining(joining);
                listeners.forEach(listener -> listener.accept(joining));
                if (result.isDone()) {
                    abandon();
                } else {
                    opened.join().whenComplete((done, thrown) -> joined(opened, joining, thrown));
                }
            } catch (Throwable e) {
                failed(e instanceof CompletionException opening && opening.getCause() != null ? opening.getCause() : e);
            }
        });
    }

    private RoomEngine open(RoomOptions options, Encoding encoding, CompletableFuture<Network> network,
            @Nullable Consumer<? super SyncProgress> progressListener) {
        try {
            return new RoomEngine(options, encoding.codec(), environment, network.join(), progressListener);
        } catch (RuntimeException | Error e) {
            network.thenAccept(Network::close);
            environment.end().run();
            throw e;
        }
    }

    /** Where the engine completes its futures. */
    private void joined(RoomEngine opened, Room joining, @Nullable Throwable thrown) {
        if (thrown != null) {
            failed(thrown);
            return;
        }
        try {
            surroundings.joined(joining);
        } catch (RuntimeException | Error e) {
            failed(e);
            return;
        }
        room = joining;
        Runnable told = environment.timer().after(TELLING_MILLIS, () -> completions.run(opened::startListeners));
        completions.run(() -> {
            // What depends on it runs here, and only then the listeners.
            if (result.complete(joining)) {
                told.run();
                opened.startListeners();
            }
        });
    }

    private void failed(Throwable why) {
        boolean late = why instanceof JoinException join && join.reason() == JoinException.Reason.TIMEOUT;
        RoomEngine opened = engine;
        if (opened == null || late) {
            // JGroups may be amid its own attempts and lets go of the channel only afterwards.
            fail(why);
        } else if (!abandoned.getAndSet(true)) {
            // Not on this thread, which may be the one that the close has to wait for.
            environment.background().execute(() -> {
                try {
                    opened.close();
                } finally {
                    fail(why);
                }
            });
        }
    }

    private void fail(Throwable why) {
        completions.fail(result, why);
        completions.pump();
    }

    /** Leaves nobody in the room. Where there is no engine yet, who makes it sees that it is not wanted. */
    private void abandon() {
        RoomEngine made = engine;
        if (made != null && !abandoned.getAndSet(true)) {
            environment.background().execute(made::close);
        }
    }
}
