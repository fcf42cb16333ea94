package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Conflict;
import dev.parlor.internal.wire.Frame.Rekey;
import dev.parlor.internal.wire.Frame.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the parts that frames are made of, from bytes that anybody may have made: a length is checked against the bytes
 * that are left before anything is allocated for it. Throws a {@link RuntimeException} for whatever is wrong.
 */
record FrameInput(Input input, long sender) {
    /** Key length, flags, time: what an entry takes at least. */
    private static final int MIN_ENTRY_BYTES = 3;
    /** Key length and twice flags and time: what a conflict takes at least. */
    private static final int MIN_CONFLICT_BYTES = 5;
    /** Time and author. */
    private static final int MIN_STAMP_BYTES = 9;
    /** Kind, request and length: what a message takes at least. */
    private static final int MIN_MESSAGE_BYTES = 3;
    private static final int MIN_SIGNAL_BYTES = 3;
    /** Number of stamps and number of keys: what a batch takes at least. */
    private static final int MIN_BATCH_BYTES = 2;

    StateDelta delta() {
        Stamp clear = stamp();
        int size = sizeOf(MIN_ENTRY_BYTES);
        List<KeyedValue> entries = EntryReader.read(input, size, sender);
        return new StateDelta(clear, entries, batches(entries));
    }

    private VersionedValue value() {
        return EntryReader.value(input, sender);
    }

    List<Conflict> conflicts() {
        int size = sizeOf(MIN_CONFLICT_BYTES);
        List<Conflict> conflicts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            conflicts.add(new Conflict(text(), value(), value()));
        }
        return conflicts;
    }

    /** Keys that are among the entries are the same strings. */
    private List<Batch> batches(List<KeyedValue> entries) {
        int size = sizeOf(MIN_BATCH_BYTES);
        List<Batch> batches = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Stamp[] stamps = new Stamp[sizeOf(MIN_STAMP_BYTES)];
            for (int k = 0; k < stamps.length; k++) {
                stamps[k] = stamp();
            }
            int count = sizeOf(1);
            List<String> keys = new ArrayList<>(count);
            for (int k = 0; k < count; k++) {
                int place = size();
                keys.add(place == 0 ? text() : entries.get(place - 1).key());
            }
            batches.add(new Batch(List.of(stamps), keys));
        }
        return batches;
    }

    Stamp stamp() {
        long time = time();
        long author = fixedLong();
        return time == 0 && author == 0 ? Stamp.ZERO : new Stamp(time, check("author", author, Stamp.LO));
    }

    UserValue user() {
        return new UserValue(count(), bytes());
    }

    Map<Long, Long> counts() {
        int size = sizeOf(9);
        if (size == 0) {
            return Map.of();
        }
        Map<Long, Long> counts = new HashMap<>(size * 2);
        for (int i = 0; i < size; i++) {
            counts.put(fixedLong(), count());
        }
        return counts;
    }

    Map<Long, String> names() {
        int size = sizeOf(9);
        Map<Long, String> names = new HashMap<>(size * 2);
        for (int i = 0; i < size; i++) {
            names.put(fixedLong(), text());
        }
        return names;
    }

    List<AppMessage> messages() {
        int size = sizeOf(MIN_MESSAGE_BYTES);
        List<AppMessage> messages = new ArrayList<>(size);
        AppMessage.Kind[] kinds = AppMessage.Kind.values();
        for (int i = 0; i < size; i++) {
            messages.add(new AppMessage(constant("message kind", kinds), count(), bytes()));
        }
        return messages;
    }

    List<Signal> signals() {
        int size = sizeOf(MIN_SIGNAL_BYTES);
        List<Signal> signals = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            signals.add(new Signal(count(), size(), bytes()));
        }
        return signals;
    }

    Rekey.Step step() {
        return constant("step", Rekey.Step.values());
    }

    /** A constant by its number, if there is one of it. */
    private <T> T constant(String what, T[] constants) {
        int number = octet();
        if (number >= constants.length) {
            throw new KryoException(what + " " + number + " is unknown");
        }
        return constants[number];
    }

    int[] buckets() {
        int[] buckets = new int[sizeOf(1)];
        Arrays.setAll(buckets, i -> size());
        for (int bucket : buckets) {
            if (bucket >= Digest.BUCKETS) {
                throw new KryoException("bucket " + bucket + " of " + Digest.BUCKETS);
            }
        }
        return buckets;
    }

    long[] longs() {
        return fixedLongs(sizeOf(Long.BYTES));
    }

    long[] fixedLongs(int count) {
        require((long) count * Long.BYTES);
        return input.readLongs(count);
    }

    /** Of the first version only if nothing is said of it. */
    Versions versions() {
        return left() == 0 ? Versions.FIRST : Versions.of(input.readByte());
    }

    /** How many bytes are left. */
    int left() {
        return input.limit() - input.position();
    }

    String text() {
        int size = sizeOf(1);
        String text = new String(input.getBuffer(), input.position(), size, StandardCharsets.UTF_8);
        input.skip(size);
        return text;
    }

    byte[] bytes() {
        int size = sizeOf(1);
        return input.readBytes(size);
    }

    boolean flag() {
        return octet() != 0;
    }

    int octet() {
        return input.readByte() & 0xFF;
    }

    long fixedLong() {
        return input.readLong();
    }

    long count() {
        return check("count", input.readVarLong(true), Long.MAX_VALUE);
    }

    int size() {
        return (int) check("size", input.readVarInt(true), Integer.MAX_VALUE);
    }

    /** A count, or -1. */
    long countOrNone() {
        return count() - 1;
    }

    /** A number of things of which each takes some bytes, so that there cannot be more than the bytes that are left. */
    int sizeOf(int bytesEach) {
        int size = size();
        require((long) size * bytesEach);
        return size;
    }

    long time() {
        return check("time", input.readVarLong(true), Stamp.MAX_TIME);
    }

    /** A time of the room. */
    long roomMillis() {
        return check("room time", input.readVarLong(true), RoomTime.MAX_MILLIS);
    }

    private static long check(String what, long value, long max) {
        if (value < 0 || value > max) {
            throw new KryoException(what + " " + value + " is not within 0 and " + max);
        }
        return value;
    }

    private void require(long bytes) {
        if (bytes > left()) {
            throw new KryoException(bytes + " bytes announced, " + left() + " left");
        }
    }
}
