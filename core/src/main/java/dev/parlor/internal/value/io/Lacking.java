package dev.parlor.internal.value.io;

import com.esotericsoftware.kryo.Kryo;
import java.util.LinkedHashSet;
import java.util.Set;

/** The enum constants of one value that this program lacks: what was read is without them. Not thread-safe. */
public final class Lacking {
    /** What to do about them. */
    public static final String ADVICE = "update this program to the version that has the constant";
    /** So many different ones are named at most: names are whatever was sent. */
    private static final int MAX_NAMED = 8;

    /** A Kryo that remembers them. */
    public interface Holder {
        /** Those of the value that is being read, or was last. */
        Lacking lacking();
    }

    private final Set<String> constants = new LinkedHashSet<>();
    private int count;

    /** For a Kryo that has read nothing yet. */
    public Lacking() {}

    /** Those of the value that a Kryo is reading, or has read last. */
    public static Lacking of(Kryo kryo) {
        return ((Holder) kryo).lacking();
    }

    public void add(Class<?> type, String name) {
        count++;
        if (constants.size() < MAX_NAMED) {
            constants.add("the constant " + name + " of " + type.getName());
        }
    }

    /** How many were met, each as often as it was. */
    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public void clear() {
        if (count > 0) {
            count = 0;
            constants.clear();
        }
    }

    /** The constants with their enums. */
    @Override
    public String toString() {
        return String.join(" and ", constants);
    }
}
