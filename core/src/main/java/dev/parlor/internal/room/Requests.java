package dev.parlor.internal.room;

import dev.parlor.OutboxFullException;
import dev.parlor.Participant;
import dev.parlor.ParlorException;
import dev.parlor.RequestException;
import dev.parlor.RequestException.Reason;
import dev.parlor.Subscription;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Requests and their answers. Guarded by the room's lock. */
final class Requests {
    /** Requests that may wait for an answer at once; who asks more asks faster than anybody answers. */
    private static final int MAX_PENDING = 10_000;
    /** Text of a failure that travels back. */
    private static final int MAX_FAILURE_CHARS = 500;

    private record Pending(Participant to, Class<?> type, CompletableFuture<Object> future, Duration timeout,
            long askedNanos) {}

    private record Handler(Class<?> type, BiFunction<Object, Participant, ?> function) {}

    private final RoomCore core;
    private final RoomState state;
    private final Messages messages;
    private final Map<Long, Pending> pending = new HashMap<>();
    private final List<Handler> handlers = new CopyOnWriteArrayList<>();
    private long nextId = 1;

    Requests(RoomCore core, RoomState state, Messages messages) {
        this.core = core;
        this.state = state;
        this.messages = messages;
    }

    /** Answers requests of a class. */
    <T> Subscription handle(Class<T> type, BiFunction<? super T, ? super Participant, ?> function) {
        Handler handler = new Handler(type, (request, from) -> function.apply(type.cast(request), from));
        handlers.add(handler);
        return () -> handlers.remove(handler);
    }

    /** Asks one. Called without the lock. */
    <R> CompletableFuture<R> ask(byte[] payload, Participant to, Class<R> type, Duration timeout) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        messages.makeRoom();
        core.lock().lock();
        try {
            messages.awaitRoom();
            messages.requirePresent(to);
            if (pending.size() >= MAX_PENDING) {
                throw new OutboxFullException(pending.size(), 0);
            }
            long id = nextId++;
            pending.put(id, new Pending(to, type, future, timeout, core.environment().nanos().getAsLong()));
            messages.post(to.id().value(), new AppMessage(AppMessage.Kind.REQUEST, id, payload));
        } finally {
            core.unlock();
        }
        core.track(future);
        return future.thenApply(type::cast);
    }

    // ---- at who is asked

    void onRequest(long from, AppMessage request) {
        Present asker = state.presentOf(from);
        boolean taken = core.dispatcher().submitMessage(() -> {
            answer(asker, request);
            return null;
        }, request.payload().length);
        if (!taken) {
            messages.dropped(1, "the handlers here are too slow");
        }
    }

    /** On the event thread, without the lock. */
    private void answer(Present asker, AppMessage request) {
        Participant from = core.roster().participant(asker);
        Optional<Object> decoded = core.values().decode(request.payload(),
                () -> "a request from \"" + asker.name() + "\"");
        Optional<Handler> handler = decoded.flatMap(object ->
                handlers.stream().filter(each -> each.type().isInstance(object)).findFirst());
        if (handler.isEmpty()) {
            reply(asker.id(), request.requestId(), AppMessage.Kind.NO_HANDLER, new byte[0]);
            return;
        }
        Object answer;
        try {
            answer = handler.get().function().apply(decoded.get(), from);
        } catch (RuntimeException | Error e) {
            replyFailed(asker.id(), request.requestId(), e);
            throw e;
        }
        if (answer instanceof CompletionStage<?> later) {
            later.whenComplete((value, thrown) -> replyWith(asker.id(), request.requestId(), value, thrown));
        } else {
            replyWith(asker.id(), request.requestId(), answer, null);
        }
    }

    private void replyWith(long to, long id, Object answer, Throwable thrown) {
        if (thrown != null || answer == null) {
            replyFailed(to, id, thrown != null ? thrown : new NullPointerException("the handler returned null"));
            return;
        }
        try {
            byte[] bytes = core.options().codec().encode(answer, () -> "an answer", core.options().limits().messageBytes(),
                    "messageBytes");
            reply(to, id, AppMessage.Kind.ANSWER, bytes);
        } catch (ParlorException e) {
            replyFailed(to, id, e);
        }
    }

    private void replyFailed(long to, long id, Throwable thrown) {
        String text = String.valueOf(thrown);
        reply(to, id, AppMessage.Kind.FAILED,
                text.substring(0, Math.min(text.length(), MAX_FAILURE_CHARS)).getBytes(StandardCharsets.UTF_8));
    }

    private void reply(long to, long id, AppMessage.Kind kind, byte[] payload) {
        core.locked(() -> messages.post(to, new AppMessage(kind, id, payload)));
    }

    // ---- at who asked; under the lock

    void onAnswer(long from, AppMessage answer) {
        Pending asked = pending.get(answer.requestId());
        if (asked == null || asked.to().id().value() != from) {
            return;
        }
        pending.remove(answer.requestId());
        core.dispatcher().run(() -> complete(asked, answer));
    }

    /** On the event thread, without the lock. */
    private void complete(Pending asked, AppMessage answer) {
        switch (answer.kind()) {
            case NO_HANDLER -> asked.future().completeExceptionally(new RequestException(Reason.NO_HANDLER,
                    "nobody there handles this class of request: it needs room.onRequest(…), and the class registered"));
            case FAILED -> asked.future().completeExceptionally(new RequestException(Reason.HANDLER_FAILED,
                    "the handler failed: " + new String(answer.payload(), StandardCharsets.UTF_8)));
            default -> {
                Optional<Object> decoded = core.values().decode(answer.payload(), () -> "an answer");
                if (decoded.filter(asked.type()::isInstance).isPresent()) {
                    asked.future().complete(decoded.get());
                } else {
                    asked.future().completeExceptionally(new RequestException(Reason.UNEXPECTED_ANSWER,
                            "asked for " + asked.type().getName() + ", the answer is "
                                    + decoded.map(object -> object.getClass().getName()).orElse("not readable here")));
                }
            }
        }
    }

    void tick(long nowNanos) {
        List<Long> late = new ArrayList<>();
        pending.forEach((id, asked) -> {
            if (nowNanos - asked.askedNanos() > asked.timeout().toNanos()) {
                late.add(id);
            }
        });
        late.forEach(id -> fail(id, new RequestException(Reason.TIMEOUT,
                "no answer from \"" + pending.get(id).to().name() + "\" within " + pending.get(id).timeout())));
    }

    void onLeft(long member) {
        List<Long> ids = new ArrayList<>();
        pending.forEach((id, asked) -> {
            if (asked.to().id().value() == member) {
                ids.add(id);
            }
        });
        ids.forEach(id -> fail(id, new RequestException(Reason.PARTICIPANT_LEFT,
                "the participant left before it answered")));
    }

    private void fail(long id, RequestException why) {
        Pending asked = pending.remove(id);
        if (asked != null) {
            core.dispatcher().run(() -> asked.future().completeExceptionally(why));
        }
    }
}
