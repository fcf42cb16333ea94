package dev.parlor.internal.value.io;

import com.esotericsoftware.kryo.io.Output;

/**
 * An output that refuses the byte after its limit, so that a value of whatever size takes no more memory than the limit
 * (the buffer doubles up to it, and is copied once). Who knows how many bytes come says so with {@link #expect} before it
 * copies anything.
 */
public final class LimitedOutput extends Output {
    private static final int INITIAL_BUFFER_BYTES = 256;
    /** A buffer that grew beyond this is not kept. */
    private static final int MAX_KEPT_BUFFER_BYTES = 64 * 1024;

    private int limit = Integer.MAX_VALUE;

    public LimitedOutput() {
        super(INITIAL_BUFFER_BYTES, -1);
    }

    /** Something had more bytes than allowed. Without a trace: nobody but the codec sees it. */
    public static final class LimitExceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** How many bytes there are at least. */
        private final long bytes;

        LimitExceeded(long bytes) {
            super("at least " + bytes + " bytes", null, false, false);
            this.bytes = bytes;
        }

        public long bytes() {
            return bytes;
        }
    }

    /** Begins a value of at most so many bytes. */
    public void begin(int limitBytes) {
        reset();
        limit = limitBytes;
        maxCapacity = Math.max(limitBytes, capacity);
    }

    /** Gives a large buffer back. */
    public void trim() {
        if (capacity > MAX_KEPT_BUFFER_BYTES) {
            setBuffer(new byte[INITIAL_BUFFER_BYTES], -1);
        }
    }

    /** Refuses what is about to be written if it has too many bytes; it has at least so many. */
    public static void expect(Output out, long bytes) {
        if (out instanceof LimitedOutput limited && bytes > limited.limit - limited.position) {
            throw new LimitExceeded(limited.position + bytes);
        }
    }

    @Override
    protected boolean require(int required) {
        expect(this, required);
        return super.require(required);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int count) {
        expect(this, count);
        super.writeBytes(bytes, offset, count);
    }

    @Override
    public void writeString(String value) {
        if (value != null) {
            expect(this, value.length());
        }
        super.writeString(value);
    }
}
