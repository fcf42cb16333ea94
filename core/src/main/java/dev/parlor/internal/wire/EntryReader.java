package dev.parlor.internal.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the entries of a delta straight from the bytes. A frame holds hundreds, and in a JVM that has just started a call costs as much
 * as what is called, and each is more for the JIT compiler: so here are few. A length is checked against the bytes that are left before
 * anything is allocated for it. Throws a {@link RuntimeException} for whatever is wrong.
 */
final class EntryReader {
    /** A number is written in groups of seven bits, the lowest first; of a long the ninth byte is the last, and whole. */
    private static final int LAST_SHIFT = 56;

    private final byte[] bytes;
    private final int end;
    private final long sender;
    private int at;

    private EntryReader(byte[] bytes, int at, int end, long sender) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
        this.sender = sender;
    }

    /** Reads so many, and leaves the input behind them. */
    static List<KeyedValue> read(Input input, int count, long sender) {
        EntryReader reader = new EntryReader(input.getBuffer(), input.position(), input.limit(), sender);
        KeyedValue[] entries = new KeyedValue[count];
        Authorship own = Authorship.of(sender, 0);
        for (int i = 0; i < count; i++) {
            entries[i] = reader.entry(own);
        }
        input.setPosition(reader.at);
        return Arrays.asList(entries);
    }

    /** Reads a value without its key, and leaves the input behind it. */
    static VersionedValue value(Input input, long sender) {
        EntryReader reader = new EntryReader(input.getBuffer(), input.position(), input.limit(), sender);
        VersionedValue value = reader.value(Authorship.of(sender, 0));
        input.setPosition(reader.at);
        return value;
    }

    private KeyedValue entry(Authorship own) {
        int length = size();
        String key = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return new KeyedValue(key, value(own));
    }

    /** @param own of the sender */
    private VersionedValue value(Authorship own) {
        int flags = octet();
        Authorship by = own;
        long time;
        if ((flags & (FrameOutput.BY_SENDER | FrameOutput.COMPACTED)) == FrameOutput.BY_SENDER) {
            time = time();
        } else {
            long compactedAt = (flags & FrameOutput.COMPACTED) != 0 ? time() : 0;
            time = time();
            by = Authorship.of((flags & FrameOutput.BY_SENDER) != 0 ? sender : author(), compactedAt);
        }
        if ((flags & FrameOutput.TOMBSTONE) != 0) {
            return VersionedValue.tombstone(time, by);
        }
        int size = size();
        byte[] value = Arrays.copyOfRange(bytes, at, at + size);
        at += size;
        return VersionedValue.of(time, by, value);
    }

    /** The length of what follows. */
    private int size() {
        long size = number();
        if (size < 0 || size > end - at) {
            throw new KryoException(size + " bytes announced, " + (end - at) + " left");
        }
        return (int) size;
    }

    private long time() {
        long time = number();
        if (time < 0 || time > Stamp.MAX_TIME) {
            throw new KryoException("time " + time + " is not within 0 and " + Stamp.MAX_TIME);
        }
        return time;
    }

    private long author() {
        if (end - at < Long.BYTES) {
            throw new KryoException("an author of " + (end - at) + " bytes");
        }
        long author = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            author |= (bytes[at++] & 0xFFL) << shift;
        }
        if (author < 0 || author > Stamp.MAX_AUTHOR) {
            throw new KryoException("author " + author + " is not within 0 and " + Stamp.MAX_AUTHOR);
        }
        return author;
    }

    private int octet() {
        if (at >= end) {
            throw new KryoException("nothing left");
        }
        return bytes[at++] & 0xFF;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; at < end; shift += 7) {
            byte next = bytes[at++];
            if (shift == LAST_SHIFT) {
                return number | (long) next << LAST_SHIFT;
            }
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new KryoException("a number without its end");
    }
}
