package dev.parlor.internal.value.container;

import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;

/**
 * Puts the elements of a set, or the entries of a map, in the order of their keys' bytes, after they were written in another:
 * equal keys have equal bytes, and whatever order a hash table has them in, it says nothing. What it takes is a copy of the
 * bytes and eight for each key.
 */
final class EncodedOrder {
    /** Where each begins, and the last ends. */
    private final int[] starts;
    /** Where the key of each ends. */
    private final int[] keyEnds;
    private int count;

    EncodedOrder(int size) {
        starts = new int[size + 1];
        keyEnds = new int[size];
    }

    /** An element or entry is about to be written. */
    void begin(Output out) {
        starts[count] = out.position();
    }

    /** Its key has been written. */
    void endKey(Output out) {
        keyEnds[count++] = out.position();
    }

    /** All have been written. */
    void apply(Output out) {
        starts[count] = out.position();
        byte[] written = out.getBuffer();
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> Arrays.compareUnsigned(written, starts[one], keyEnds[one],
                written, starts[other], keyEnds[other]));
        int begin = starts[0];
        byte[] copy = Arrays.copyOfRange(written, begin, starts[count]);
        int to = begin;
        for (int each : order) {
            int length = starts[each + 1] - starts[each];
            System.arraycopy(copy, starts[each] - begin, written, to, length);
            to += length;
        }
    }
}
