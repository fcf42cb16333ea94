package dev.parlor.bench.candidate;

import dev.parlor.Change;
import dev.parlor.Limits;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.SyncProgress;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Parlor, as its README shows it. */
final class ParlorCandidate implements Candidate {
    private static final int SESSION_DATA_BYTES = 512 << 20;
    /** Where sixty JVMs start on two cores, most of them have none for longer than the half minute that a join takes at most. */
    private static final Duration JOIN_TIMEOUT = Duration.ofMinutes(4);

    private final String passphrase;
    private Room room;
    private SyncProgress syncBegin;
    private SyncProgress syncEnd;
    private long syncBeginNanos;
    private long syncEndNanos;

    /** @param passphrase null for an open room */
    ParlorCandidate(String passphrase) {
        this.passphrase = passphrase;
    }

    @Override
    public void join(Place place) {
        RoomBuilder builder = Room.named(place.name() + place.port()).as("bench")
                .limits(Limits.defaults().withSessionDataBytes(SESSION_DATA_BYTES)).onSyncProgress(this::onSync)
                .joinTimeout(JOIN_TIMEOUT);
        if (passphrase != null) {
            builder.passphrase(passphrase.toCharArray());
        }
        room = builder.join();
    }

    private synchronized void onSync(SyncProgress progress) {
        syncEnd = progress;
        syncEndNanos = System.nanoTime();
        if (syncBegin == null) {
            syncBegin = progress;
            syncBeginNanos = syncEndNanos;
        }
    }

    @Override
    public synchronized double syncRate() {
        return (syncEnd.entriesReceived() - syncBegin.entriesReceived()) * 1e9 / (syncEndNanos - syncBeginNanos);
    }

    /** The room, for what is asked of Parlor alone. */
    Room room() {
        return room;
    }

    @Override
    public int members() {
        return room.participants().size();
    }

    @Override
    public void put(String key, byte[] value) {
        room.sessionData().put(key, value);
    }

    @Override
    public byte[] get(String key) {
        return room.sessionData().get(key, byte[].class).orElse(null);
    }

    @Override
    public int size() {
        return room.sessionData().size();
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> action) {
        room.sessionData().snapshot().forEach((key, value) -> action.accept(key, (byte[]) value));
    }

    @Override
    public void onPut(BiConsumer<String, byte[]> listener) {
        room.sessionData().onChange(change -> {
            if (change.cause() != Change.Cause.LOCAL) {
                change.newValue().ifPresent(value -> listener.accept(change.key(), (byte[]) value));
            }
        });
    }

    @Override
    public boolean hasMessages() {
        return true;
    }

    @Override
    public void send(byte[] payload) {
        room.send(payload);
    }

    @Override
    public void onMessage(Consumer<byte[]> listener) {
        room.onMessage(byte[].class, (payload, from) -> listener.accept(payload));
    }

    @Override
    public void close() {
        room.close();
    }
}
