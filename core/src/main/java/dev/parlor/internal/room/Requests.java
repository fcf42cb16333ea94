package dev.parlor.internal.room;

import dev.parlor.OutboxFullException;
import dev.parlor.Participant;
import dev.parlor.RequestException;
import dev.parlor.RequestException.Reason;
import dev.parlor.Subscription;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Requests and their answers. Guarded by the room's lock. */
final class Requests {
    /** Requests that may wait for an answer at once; who asks more asks faster than anybody answers. */
    private static final int MAX_PENDING = 10_000;
    /** Text of a failure that travels back. */
    private static final int MAX_FAILURE_CHARS = 500;

    private record Pending<R>(long to, Class<R> type, Completion<R> future) {}

    private record Handler(Class<?> type, BiFunction<Object, Participant, ?> function) {}

    private final RoomCore core;
    private final RoomState state;
    private final Messages messages;
    /** By request id. An entry goes without the lock when its future is cancelled or given up by who holds it. */
    private final Map<Long, Pending<?>> pending = new ConcurrentHashMap<>();
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
        boolean toSelf = to.id().value() == state.self();
        messages.makeRoom(toSelf);
        Completion<R> future;
        long id;
        core.lock().lock();
        try {
            messages.awaitRoom(toSelf);
            messages.requirePresent(to);
            if (pending.size() >= MAX_PENDING) {
                throw new OutboxFullException(pending.size(), 0);
            }
            future = core.completions().create();
            id = nextId++;
            pending.put(id, new Pending<>(to.id().value(), type, future));
            messages.post(to.id().value(), new AppMessage(AppMessage.Kind.REQUEST, id, payload));
        } finally {
            core.unlock();
        }
        future.whenComplete((answer, thrown) -> pending.remove(id));
        core.completions().expire(future, timeout, () -> core.locked(() -> fail(id, new RequestException(Reason.TIMEOUT,
                "no answer from \"" + to.name() + "\" within " + timeout))));
        return future;
    }

    // ---- at who is asked

    void onRequest(long from, AppMessage request) {
        Present asker = state.presentOf(from);
        boolean taken = core.dispatcher().submitMessage(() -> {
            answer(asker, request);
            return null;
        }, request.payload().length);
        if (taken) {
            messages.backlog().grown();
        } else {
            messages.dropped(from, 1, "the handlers here are too slow");
            messages.post(from, new AppMessage(AppMessage.Kind.BUSY, request.requestId(), new byte[0]));
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
        } catch (Throwable e) {
            // Checked ones too: other languages of the JVM do not declare them.
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
        } catch (RuntimeException | Error e) {
            // Nobody else would hear of it: this may run where the handler's own future is completed.
            replyFailed(to, id, e);
        }
    }

    private void replyFailed(long to, long id, Throwable thrown) {
        Throwable own = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String text = Thrown.text(own);
        reply(to, id, AppMessage.Kind.FAILED,
                text.substring(0, Math.min(text.length(), MAX_FAILURE_CHARS)).getBytes(StandardCharsets.UTF_8));
    }

    private void reply(long to, long id, AppMessage.Kind kind, byte[] payload) {
        boolean fits = to == state.self() || messages.awaitRoomForAnswer(payload.length);
        AppMessage answer = fits ? new AppMessage(kind, id, payload)
                : new AppMessage(AppMessage.Kind.BUSY, id, new byte[0]);
        core.locked(() -> messages.post(to, answer));
    }

    // ---- at who asked; under the lock

    void onAnswer(long from, AppMessage answer) {
        Pending<?> asked = pending.get(answer.requestId());
        if (asked != null && asked.to() == from && pending.remove(answer.requestId(), asked)) {
            core.completions().later(() -> complete(asked, answer));
        }
    }

    /** Without the lock, where futures complete. */
    private <R> void complete(Pending<R> asked, AppMessage answer) {
        switch (answer.kind()) {
            case NO_HANDLER -> asked.future().completeExceptionally(new RequestException(Reason.NO_HANDLER,
                    "nobody there handles this class of request: it needs room.onRequest(…), and the class registered"));
            case BUSY -> asked.future().completeExceptionally(new RequestException(Reason.BUSY,
                    "so much waits there for handlers, or to be sent by them, that there is no answer: ask less often, or later"));
            case FAILED -> asked.future().completeExceptionally(new RequestException(Reason.HANDLER_FAILED,
                    "the handler failed: " + new String(answer.payload(), StandardCharsets.UTF_8)));
            default -> {
                Optional<Object> decoded = core.values().decode(answer.payload(), () -> "an answer");
                if (decoded.filter(asked.type()::isInstance).isPresent()) {
                    asked.future().complete(asked.type().cast(decoded.get()));
                } else {
                    asked.future().completeExceptionally(new RequestException(Reason.UNEXPECTED_ANSWER,
                            "asked for " + asked.type().getName() + ", the answer is "
                                    + decoded.map(object -> object.getClass().getName()).orElse("not readable here")));
                }
            }
        }
    }

    void onLeft(long member) {
        pending.forEach((id, asked) -> {
            if (asked.to() == member) {
                fail(id, new RequestException(Reason.PARTICIPANT_LEFT, "the participant left before it answered"));
            }
        });
    }

    private void fail(long id, RequestException why) {
        Pending<?> asked = pending.remove(id);
        if (asked != null) {
            core.completions().fail(asked.future(), why);
        }
    }
}
