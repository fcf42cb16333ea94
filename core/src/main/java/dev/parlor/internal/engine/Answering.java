package dev.parlor.internal.engine;

import dev.parlor.Limits;
import dev.parlor.Participant;
import dev.parlor.Subscription;
import dev.parlor.internal.listener.RequestHandler;
import dev.parlor.internal.listener.Thrown;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Answers requests with the application's handlers. Thread-safe; handlers run among the events, without the room's lock. */
public final class Answering implements RequestHandler {
    /** Text of a failure that travels back. */
    private static final int MAX_FAILURE_CHARS = 500;

    /** Where answers go. Called without the lock. */
    interface Replies {
        /** Waits until there is room for an answer, for a while; false if there is none. */
        boolean hasRoom(long to, int bytes);

        /** Puts an answer on its way. */
        void post(long to, AppMessage answer);
    }

    private record Handler(Class<?> type, BiFunction<Object, Participant, ?> function) {}

    private final Replies replies;
    private final ValueCodec codec;
    private final Limits limits;
    private final Values values;
    private final List<Handler> handlers = new CopyOnWriteArrayList<>();

    Answering(Replies replies, ValueCodec codec, Limits limits, Values values) {
        this.replies = replies;
        this.codec = codec;
        this.limits = limits;
        this.values = values;
    }

    /** Answers requests of a class. */
    public <T> Subscription handle(Class<T> type, BiFunction<? super T, ? super Participant, ?> function) {
        Handler handler = new Handler(type, (request, from) -> function.apply(type.cast(request), from));
        handlers.add(handler);
        return () -> handlers.remove(handler);
    }

    @Override
    public void answer(Present asker, AppMessage request) {
        Participant from = values.participant(asker);
        Optional<Object> decoded = values.decode(request.payload(), () -> "a request from \"" + asker.name() + "\"");
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

    private void replyWith(long to, long id, @Nullable Object answer, @Nullable Throwable thrown) {
        if (thrown != null || answer == null) {
            replyFailed(to, id, thrown != null ? thrown : new NullPointerException("the handler returned null"));
            return;
        }
        try {
            reply(to, id, AppMessage.Kind.ANSWER, codec.encode(answer, () -> "an answer", limits.messageBytes(), "messageBytes"));
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
        replies.post(to, replies.hasRoom(to, payload.length) ? new AppMessage(kind, id, payload)
                : new AppMessage(AppMessage.Kind.BUSY, id, new byte[0]));
    }
}
