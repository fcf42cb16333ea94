package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Conflict;
import dev.parlor.internal.wire.Frame.Signal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the parts that frames are made of. The mirror of {@link FrameInput}. */
record FrameOutput(Output output, long sender) {
    /** Flag of an entry: removed, no bytes follow. */
    static final int TOMBSTONE = 1;
    /** Flag of an entry: its author is the sender of the frame. */
    static final int BY_SENDER = 2;
    /** Flag of an entry: a compaction gave it its stamp; the time of that precedes the stamp it was written with. */
    static final int COMPACTED = 4;

    void delta(StateDelta delta) {
        stamp(delta.clear());
        size(delta.entries().size());
        for (KeyedValue entry : delta.entries()) {
            text(entry.key());
            value(entry.value());
        }
        size(delta.batches().size());
        if (!delta.batches().isEmpty()) {
            batches(delta);
        }
    }

    /** A key that is among the entries is named by its place there, from 1; 0 is followed by one that is not. */
    private void batches(StateDelta delta) {
        Map<String, Integer> places = new HashMap<>((int) (delta.entries().size() / 0.75f) + 1);
        for (int i = 0; i < delta.entries().size(); i++) {
            places.put(delta.entries().get(i).key(), i + 1);
        }
        for (Batch batch : delta.batches()) {
            size(batch.stamps().size());
            batch.stamps().forEach(this::stamp);
            size(batch.keys().size());
            for (String key : batch.keys()) {
                int place = places.getOrDefault(key, 0);
                size(place);
                if (place == 0) {
                    text(key);
                }
            }
        }
    }

    void conflicts(List<Conflict> conflicts) {
        size(conflicts.size());
        for (Conflict conflict : conflicts) {
            text(conflict.key());
            value(conflict.here());
            value(conflict.there());
        }
    }

    private void value(VersionedValue value) {
        Authorship by = value.by();
        boolean bySender = by.author() == sender;
        output.writeByte((value.isTombstone() ? TOMBSTONE : 0) | (bySender ? BY_SENDER : 0)
                | (by.isCompacted() ? COMPACTED : 0));
        if (by.isCompacted()) {
            count(by.compactedAt());
        }
        count(value.writtenTime());
        if (!bySender) {
            fixedLong(by.author());
        }
        if (!value.isTombstone()) {
            bytes(value.bytes());
        }
    }

    void stamp(Stamp stamp) {
        count(stamp.time());
        fixedLong(stamp.author());
    }

    void user(UserValue user) {
        count(user.version());
        bytes(user.bytes());
    }

    void counts(Map<Long, Long> counts) {
        size(counts.size());
        counts.forEach((id, count) -> {
            fixedLong(id);
            count(count);
        });
    }

    void names(Map<Long, String> names) {
        size(names.size());
        names.forEach((id, name) -> {
            fixedLong(id);
            text(name);
        });
    }

    void messages(List<AppMessage> messages) {
        size(messages.size());
        for (AppMessage message : messages) {
            octet(message.kind().ordinal());
            count(message.requestId());
            bytes(message.payload());
        }
    }

    void signals(List<Signal> signals) {
        size(signals.size());
        for (Signal signal : signals) {
            count(signal.number());
            size(signal.type());
            bytes(signal.payload());
        }
    }

    void longs(long[] all) {
        size(all.length);
        fixedLongs(all);
    }

    void fixedLongs(long[] all) {
        for (long each : all) {
            fixedLong(each);
        }
    }

    void buckets(int[] buckets) {
        size(buckets.length);
        for (int bucket : buckets) {
            size(bucket);
        }
    }

    /** The first version is told by saying nothing, as programs do that know of no other. */
    void versions(Versions versions) {
        // Not by equals(): that of a record leaves its class in a cache of JDK 17, and with it the loader of a plugin.
        if (versions.octet() != Versions.FIRST.octet()) {
            octet(versions.octet());
        }
    }

    void flag(boolean flag) {
        output.writeBoolean(flag);
    }

    void octet(int octet) {
        output.writeByte(octet);
    }

    void fixedLong(long number) {
        output.writeLong(number);
    }

    void count(long count) {
        output.writeVarLong(count, true);
    }

    void size(int size) {
        output.writeVarInt(size, true);
    }

    /** A count, or -1. */
    void countOrNone(long count) {
        count(count + 1);
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) {
        size(bytes.length);
        output.writeBytes(bytes);
    }
}
