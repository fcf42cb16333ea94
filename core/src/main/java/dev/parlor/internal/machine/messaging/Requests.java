package dev.parlor.internal.machine.messaging;

import dev.parlor.OutboxFullException;
import dev.parlor.RequestException;
import dev.parlor.RequestException.Reason;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.HashMap;
import java.util.Map;

/** Requests made here that wait for an answer. Guarded by the room's lock. */
public final class Requests {
    /** Requests that may wait for an answer at once; who asks more asks faster than anybody answers. */
    private static final int MAX_PENDING = 10_000;

    /** Takes the answer to a request, of whatever kind, or why there is none. */
    public interface Reply extends Promise<AppMessage> {}

    private record Pending(long to, Reply reply) {}

    private final Map<Long, Pending> pending = new HashMap<>();
    private long nextId = 1;

    Requests() {}

    /** A request is about to be sent. @return its number */
    long begin(long to, Reply reply) {
        if (pending.size() >= MAX_PENDING) {
            throw new OutboxFullException(pending.size(), 0);
        }
        long id = nextId++;
        pending.put(id, new Pending(to, reply));
        return id;
    }

    /** Nobody waits for the answer any more. */
    public void forget(long id) {
        pending.remove(id);
    }

    void onAnswer(long from, AppMessage answer) {
        Pending asked = pending.get(answer.requestId());
        if (asked != null && asked.to() == from) {
            pending.remove(answer.requestId());
            asked.reply().succeed(answer);
        }
    }

    /** A participant has left: it answers nothing any more. */
    public void onLeft(long member) {
        Map.copyOf(pending).forEach((id, asked) -> {
            if (asked.to() == member) {
                fail(id, new RequestException(Reason.PARTICIPANT_LEFT, "the participant left before it answered"));
            }
        });
    }

    /** There is no answer, if there was none before. */
    public void fail(long id, RequestException why) {
        Pending asked = pending.remove(id);
        if (asked != null) {
            asked.reply().fail(why);
        }
    }
}
