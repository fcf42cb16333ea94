package dev.parlor.internal.value.io;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;

/**
 * An input that looks whether so many elements can be in the bytes that are left before it allocates anything for them.
 * Kryo 5.6.2 allocates what the bytes say: six of them made an array of two gigabytes.
 */
public final class BoundedInput extends Input {
    public BoundedInput(byte[] bytes) {
        super(bytes);
    }

    private int checked(int count, int bytesEach) {
        if (count < 0 || (long) count * bytesEach > limit - position) {
            throw new KryoException(count + " elements announced, " + (limit - position) + " bytes left");
        }
        return count;
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(checked(length, 1));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(checked(length, Integer.BYTES));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(checked(length, 1), optimizePositive);
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(checked(length, Long.BYTES));
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(checked(length, 1), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(checked(length, Float.BYTES));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(checked(length, Double.BYTES));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(checked(length, Short.BYTES));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(checked(length, Character.BYTES));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(checked(length, 1));
    }

    @Override
    public String readString() {
        checkText();
        return super.readString();
    }

    @Override
    public StringBuilder readStringBuilder() {
        checkText();
        return super.readStringBuilder();
    }

    /** A text begins with its number of characters, unless it is ASCII: six bits, then seven a byte. */
    private void checkText() {
        int at = position;
        int next = readByte();
        if ((next & 0x80) != 0) {
            long chars = next & 0x3F;
            boolean more = (next & 0x40) != 0;
            for (int shift = 6; more && shift <= 27; shift += 7) {
                next = readByte();
                chars |= (long) (next & 0x7F) << shift;
                more = (next & 0x80) != 0;
            }
            checked((int) Math.min(Integer.MAX_VALUE, Math.max(0, chars - 1)), 1);
        }
        position = at;
    }
}
