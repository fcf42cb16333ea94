package dev.parlor.internal.machine.repair;

import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.moment.Moment;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one {@link SyncRequest}, sent in chunks of about a frame, so many ahead of the requester's
 * acknowledgements and no more: a slow joiner delays nobody else. Guarded by the room's lock.
 */
final class SyncStream {
    /** Chunks under way. Eight of 48 KiB keep a network busy (sixteen are no faster) and stay far below JGroups' credits. */
    static final int WINDOW = 8;
    /** A stream whose requester has fallen silent is forgotten after this time. */
    static final long LIFETIME_NANOS = 60_000_000_000L;

    /** What is collected, as it was at one moment: a batch that is written meanwhile would reach who asked in part. */
    private static final class Collecting {
        private final Moment<VersionedValue> moment;
        private final Sweep sweep;
        private final boolean[] wanted;
        private final List<List<KeyedValue>> buckets = new ArrayList<>();
        private List<KeyedValue> ordered = List.of();

        Collecting(SessionReplica session, boolean[] wanted) {
            this.moment = session.past().remember(wanted);
            this.sweep = new Sweep(session, wanted);
            this.wanted = wanted;
            for (int i = 0; i < Digest.BUCKETS; i++) {
                buckets.add(new ArrayList<>());
            }
        }

        boolean step() {
            for (KeyedValue entry : sweep.next()) {
                buckets.get(Digest.bucketOf(entry.key())).add(entry);
            }
            if (!sweep.isDone()) {
                return false;
            }
            ordered = new ArrayList<>(buckets.stream().mapToInt(List::size).sum());
            buckets.forEach(ordered::addAll);
            return true;
        }
    }

    private final RoomState state;
    private final long round;
    /** What is still to be sent, and none of it any more once all was sent. */
    private List<KeyedValue> entries = List.of();
    private final Stamp clear;
    private final int[] differing;
    private final Map<Long, Long> known;
    private final long startedNanos;
    private long lastSignNanos;
    private int position;
    /** What is before this position is what was held at the moment. */
    private int peeked;
    private int nextIndex;
    private boolean sent;
    private int total;
    /** What was written as one with some entry, and has not been sent: once each, so that it does not travel with every chunk. */
    private final Map<Stamp, Batch> unsentBatches;
    /** While it is collected. */
    private @Nullable Collecting collecting;
    /** What the entries held when they began to be collected, if that took a while. */
    private @Nullable Moment<VersionedValue> moment;

    private SyncStream(RoomState state, long round, Stamp clear, int[] differing, long ownNumber, long startedNanos) {
        this.state = state;
        // As they are now: what is overwritten before its chunk is sent is forgotten here, but came from a batch all the same.
        this.unsentBatches = state.session().batches();
        this.round = round;
        this.clear = clear;
        this.differing = differing;
        this.known = state.known(ownNumber);
        this.startedNanos = startedNanos;
        this.lastSignNanos = startedNanos;
    }

    /** What the requester lacks, as it is now; what changes later reaches it by itself. */
    static SyncStream of(RoomState state, SyncRequest request, long ownNumber, long nowNanos) {
        SessionReplica session = state.session();
        Digest own = session.digest();
        boolean[] differs = new boolean[Digest.BUCKETS];
        int count = 0;
        for (int i = 0; i < Digest.BUCKETS; i++) {
            differs[i] = own.buckets()[i] != request.buckets()[i];
            count += differs[i] ? 1 : 0;
        }
        int[] differing = new int[count];
        for (int i = 0, at = 0; i < Digest.BUCKETS; i++) {
            if (differs[i]) {
                differing[at++] = i;
            }
        }
        SyncStream stream = new SyncStream(state, request.round(), own.clear(), differing, ownNumber, nowNanos);
        if (count > 0 && Sweep.isLong(session)) {
            stream.collecting = new Collecting(session, differs);
        } else if (count > 0) {
            // Bucket by bucket, so that whoever goes on with another source need not ask for the finished ones again.
            stream.has(session.entriesOf(differs));
        }
        return stream;
    }

    /** Whether what is to be sent has still to be collected. */
    boolean isCollecting() {
        return collecting != null;
    }

    /** Collects some more, without the room's lock; whether that was all. */
    boolean collect() {
        Collecting left = collecting;
        return left == null || left.step();
    }

    /** All has been collected. */
    void collected() {
        Collecting done = collecting;
        if (done != null) {
            has(done.ordered);
            moment = done.moment;
            end();
        }
    }

    /** Nothing more is collected. */
    void end() {
        Collecting ended = collecting;
        if (ended != null) {
            collecting = null;
            state.session().past().forget(ended.moment);
        }
    }

    private void has(List<KeyedValue> all) {
        entries = all;
        total = all.size();
    }

    long round() {
        return round;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** Sends chunks up to an index, not included. */
    void sendUpTo(int index, Consumer<SyncChunk> send) {
        while (!sent && nextIndex < index) {
            send.accept(next());
        }
    }

    int nextIndex() {
        return nextIndex;
    }

    /** When something was sent while it is collected. */
    long lastSignNanos() {
        return lastSignNanos;
    }

    /** An empty part: that it is still being collected. */
    SyncChunk sign(long nowNanos) {
        lastSignNanos = nowNanos;
        return new SyncChunk(round, nextIndex++, false, state.session().size(), StateDelta.of(List.of()), Map.of(), Map.of(), new int[0]);
    }

    private SyncChunk next() {
        List<KeyedValue> part = new ArrayList<>();
        Map<Long, String> names = new HashMap<>();
        List<Batch> batches = new ArrayList<>();
        addBatch(clear, batches);
        long bytes = 0;
        long named = 0;
        for (KeyedValue entry; bytes < Departures.MAX_FRAME_BYTES && (entry = peek()) != null; position++) {
            long cost = Outbox.costOf(entry.key(), entry.value());
            if (!part.isEmpty() && bytes + cost > Departures.MAX_FRAME_BYTES) {
                break;
            }
            bytes += cost;
            part.add(entry);
            if (!unsentBatches.isEmpty()) {
                addBatch(entry.value().stamp(), batches);
            }
            long author = entry.value().by().author();
            if (part.size() == 1 || author != named) {
                named = author;
                state.nameOf(author).ifPresent(name -> names.put(author, name));
            }
        }
        sent = peek() == null;
        if (sent) {
            entries = List.of();
        }
        return new SyncChunk(round, nextIndex++, sent, total, new StateDelta(clear, part, batches), names,
                sent ? known : Map.of(), sent ? differing : new int[0]);
    }

    /** The next one that is to be sent, or null. */
    private @Nullable KeyedValue peek() {
        Moment<VersionedValue> then = moment;
        while (then != null && peeked <= position) {
            if (position == entries.size()) {
                entries = rest(then);
                position = 0;
                peeked = 0;
                moment = null;
                break;
            }
            KeyedValue met = entries.get(position);
            VersionedValue held = then.then(met.key(), met.value());
            if (held == null) {
                position++;
            } else {
                if (held != met.value()) {
                    entries.set(position, new KeyedValue(met.key(), held));
                }
                peeked = position + 1;
            }
        }
        return position < entries.size() ? entries.get(position) : null;
    }

    /** Of keys that were removed before they were met. */
    private static List<KeyedValue> rest(Moment<VersionedValue> then) {
        List<KeyedValue> rest = new ArrayList<>();
        then.forEach((key, held) -> {
            if (held != null) {
                rest.add(new KeyedValue(key, held));
            }
        });
        return rest;
    }

    private void addBatch(Stamp stamp, List<Batch> batches) {
        Batch batch = unsentBatches.get(stamp);
        if (batch != null) {
            batch.stamps().forEach(unsentBatches::remove);
            batches.add(batch);
        }
    }
}
