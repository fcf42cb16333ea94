package dev.parlor.internal.machine.repair;

import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The answer to one {@link SyncRequest}, sent in chunks of about a frame, so many ahead of the requester's
 * acknowledgements and no more: a slow joiner delays nobody else. Guarded by the room's lock.
 */
final class SyncStream {
    /** Chunks under way. Eight of 48 KiB keep a network busy (sixteen are no faster) and stay far below JGroups' credits. */
    static final int WINDOW = 8;
    /** A stream whose requester has fallen silent is forgotten after this time. */
    static final long LIFETIME_NANOS = 60_000_000_000L;

    private final RoomState state;
    private final long round;
    /** What is still to be sent, and none of it any more once all was sent. */
    private List<KeyedValue> entries;
    private final Stamp clear;
    private final int[] differing;
    private final Map<Long, Long> known;
    private final long startedNanos;
    private int position;
    private int nextIndex;
    private boolean sent;
    private final int total;
    /** What was written as one with some entry, and has not been sent: once each, so that it does not travel with every chunk. */
    private final Map<Stamp, Batch> unsentBatches;

    private SyncStream(RoomState state, long round, List<KeyedValue> entries, Stamp clear, int[] differing,
            Map<Long, Long> known, Map<Stamp, Batch> batches, long startedNanos) {
        this.state = state;
        this.unsentBatches = batches;
        this.round = round;
        this.entries = entries;
        this.total = entries.size();
        this.clear = clear;
        this.differing = differing;
        this.known = known;
        this.startedNanos = startedNanos;
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
        // Bucket by bucket, so that whoever goes on with another source need not ask for the finished ones again.
        List<KeyedValue> entries = count == 0 ? List.of() : session.entriesOf(differs);
        return new SyncStream(state, request.round(), entries, own.clear(), differing, state.known(ownNumber),
                batchesOf(session, entries), nowNanos);
    }

    /** As they are now: what is overwritten before its chunk is sent is forgotten here, but came from a batch all the same. */
    private static Map<Stamp, Batch> batchesOf(SessionReplica session, List<KeyedValue> entries) {
        Map<Stamp, Batch> batches = new HashMap<>();
        if (!session.hasNoBatches()) {
            addBatch(session, session.clear(), batches);
            for (KeyedValue entry : entries) {
                addBatch(session, entry.value().stamp(), batches);
            }
        }
        return batches;
    }

    private static void addBatch(SessionReplica session, Stamp stamp, Map<Stamp, Batch> batches) {
        Batch batch = session.batchOf(stamp);
        if (batch != null) {
            batches.put(stamp, batch);
        }
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

    private SyncChunk next() {
        List<KeyedValue> part = new ArrayList<>();
        Map<Long, String> names = new HashMap<>();
        List<Batch> batches = new ArrayList<>();
        addBatch(clear, batches);
        long bytes = 0;
        long named = 0;
        while (position < entries.size() && bytes < Departures.MAX_FRAME_BYTES) {
            KeyedValue entry = entries.get(position);
            long cost = Outbox.costOf(entry.key(), entry.value());
            if (!part.isEmpty() && bytes + cost > Departures.MAX_FRAME_BYTES) {
                break;
            }
            position++;
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
        sent = position == entries.size();
        if (sent) {
            entries = List.of();
        }
        return new SyncChunk(round, nextIndex++, sent, total, new StateDelta(clear, part, batches), names,
                sent ? known : Map.of(), sent ? differing : new int[0]);
    }

    private void addBatch(Stamp stamp, List<Batch> batches) {
        Batch batch = unsentBatches.get(stamp);
        if (batch != null) {
            batch.stamps().forEach(unsentBatches::remove);
            batches.add(batch);
        }
    }
}
