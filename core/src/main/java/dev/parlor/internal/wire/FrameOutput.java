package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame.Conflict;
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
        output.writeVarInt(delta.entries().size(), true);
        for (KeyedValue entry : delta.entries()) {
            text(entry.key());
            value(entry.value());
        }
        output.writeVarInt(delta.batches().size(), true);
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
            output.writeVarInt(batch.stamps().size(), true);
            batch.stamps().forEach(this::stamp);
            output.writeVarInt(batch.keys().size(), true);
            for (String key : batch.keys()) {
                int place = places.getOrDefault(key, 0);
                output.writeVarInt(place, true);
                if (place == 0) {
                    text(key);
                }
            }
        }
    }

    void conflicts(List<Conflict> conflicts) {
        output.writeVarInt(conflicts.size(), true);
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
            output.writeVarLong(by.compactedAt(), true);
        }
        output.writeVarLong(value.writtenTime(), true);
        if (!bySender) {
            output.writeLong(by.author());
        }
        if (!value.isTombstone()) {
            bytes(value.bytes());
        }
    }

    void stamp(Stamp stamp) {
        output.writeVarLong(stamp.time(), true);
        output.writeLong(stamp.author());
    }

    void user(UserValue user) {
        output.writeVarLong(user.version(), true);
        bytes(user.bytes());
    }

    void counts(Map<Long, Long> counts) {
        output.writeVarInt(counts.size(), true);
        counts.forEach((id, count) -> {
            output.writeLong(id);
            output.writeVarLong(count, true);
        });
    }

    void names(Map<Long, String> names) {
        output.writeVarInt(names.size(), true);
        names.forEach((id, name) -> {
            output.writeLong(id);
            text(name);
        });
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) {
        output.writeVarInt(bytes.length, true);
        output.writeBytes(bytes);
    }
}
