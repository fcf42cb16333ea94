package dev.parlor.internal.machine.repair;

import dev.parlor.internal.machine.merge.Merges;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.SyncAck;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Answers those who ask for what they lack. What they lack of a large map is collected step by step without the room's lock, since
 * a pass over a million entries takes some hundred milliseconds, for which every write here would wait. Guarded by the room's lock.
 */
final class Answers {
    /**
     * While it is being collected, who asked hears so often that it is: it gives up a round without a sign of life after two
     * seconds, and would ask another, which takes as long.
     */
    private static final long SIGN_NANOS = 500_000_000L;

    private final RoomState state;
    private final Outbox outbox;
    private final Departures departures;
    private final Effects effects;
    private final Now now;
    private final Map<Long, SyncStream> streams = new HashMap<>();
    /** By requester the last round that was answered, also of who is gone: it may be back before it notices. */
    private final Map<Long, Long> answered = new Bounded<>();

    Answers(RoomState state, Outbox outbox, Departures departures, Effects effects, Now now) {
        this.state = state;
        this.outbox = outbox;
        this.departures = departures;
        this.effects = effects;
        this.now = now;
    }

    /** Somebody asks for what it lacks. */
    void onRequest(long from, SyncRequest request) {
        if (!state.isLive() || state.session().isCompacting()) {
            // What a join has brought so far is no whole state: batches would be seen in part. And in the middle of a compaction
            // nearly everything differs, for some hundred milliseconds: it asks again.
            return;
        }
        Long last = answered.get(from);
        if (last != null && last >= request.round()) {
            // Asked again while the answer is on its way, or after who asks was no member: another, of another moment, would not fit it.
            return;
        }
        answered.put(from, request.round());
        SyncStream stream = SyncStream.of(state, request, departures.lastNumber(), now.nanos());
        SyncStream before = streams.put(from, stream);
        if (before != null) {
            before.end();
        }
        if (state.presentOf(from) == null && state.losses().ageMillis() >= 0) {
            // It may stand for our part when we meet those who are missing.
            long[] hashes = state.session().past().replacedLately(Merges.MAX_HANDED);
            outbox.control(from, () -> new Frame.Replaced(true, 0, Stamp.ZERO, 0, new long[0], new long[0], hashes));
        }
        if (stream.isCollecting()) {
            collect(from, stream);
        } else {
            send(from, stream, SyncStream.WINDOW);
        }
    }

    private void collect(long to, SyncStream stream) {
        effects.compute("collecting what a participant lacks", stream::collect, done -> {
            if (streams.get(to) != stream) {
                // It has left, or asked anew.
                return;
            }
            if (done) {
                stream.collected();
                send(to, stream, stream.nextIndex() + SyncStream.WINDOW);
                return;
            }
            if (now.nanos() - stream.lastSignNanos() > SIGN_NANOS) {
                Frame.SyncChunk sign = stream.sign(now.nanos());
                outbox.control(to, () -> sign);
            }
            collect(to, stream);
        });
    }

    private void send(long to, SyncStream stream, int upTo) {
        stream.sendUpTo(upTo, chunk -> outbox.control(to, () -> chunk));
    }

    /** It has got a part of that. */
    void onAck(long from, SyncAck ack) {
        SyncStream stream = streams.get(from);
        // A sign of life is confirmed as well: nothing follows it before all has been collected.
        if (stream != null && stream.round() == ack.round() && !stream.isCollecting()) {
            send(from, stream, ack.index() + 1 + SyncStream.WINDOW);
        }
    }

    /** Members have changed. */
    void onView() {
        end(each -> !state.isMember(each.getKey()));
    }

    /** As time goes by. */
    void tick(long nowNanos) {
        end(each -> nowNanos - each.getValue().startedNanos() > SyncStream.LIFETIME_NANOS);
    }

    private void end(Predicate<Map.Entry<Long, SyncStream>> which) {
        streams.entrySet().removeIf(each -> {
            boolean ends = which.test(each);
            if (ends) {
                each.getValue().end();
            }
            return ends;
        });
    }
}
