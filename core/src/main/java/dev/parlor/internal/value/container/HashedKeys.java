package dev.parlor.internal.value.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.parlor.internal.value.io.Lacking;
import dev.parlor.internal.value.io.Unshareable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a value may have as keys of maps and elements of sets, whoever made it: each is hashed, and compared with those of
 * the same hash code, while it is read. A few bytes could make that take seconds (Crosby and Wallach, Denial of Service via
 * Algorithmic Complexity Attacks, USENIX Security 2003). The same is refused when a value is written, so that nobody
 * shares what others cannot read. Of one Kryo; not thread-safe.
 */
public final class HashedKeys {
    /** How deep keys may be within keys. At each level all below is hashed again. */
    public static final int MAX_NESTED = 4;
    /**
     * How many keys of a map or set may have one hash code. Each is compared with all others of its code, since the JDK's
     * tables can order by themselves only those of {@link #ORDERED}.
     */
    static final int MAX_ALIKE = 256;

    /** Stands for a constant that this program lacks: it is left out, as it may be one of several. */
    static final Object LACKING = new Object();

    /** Classes whose objects the JDK's tables tell apart by order if hash codes are the same (JEP 180). */
    private static final Set<Class<?>> ORDERED = Set.of(String.class, Integer.class, Long.class, Short.class, Byte.class,
            Character.class, Boolean.class, Double.class, Float.class, UUID.class, Instant.class, Duration.class);

    private int nested;

    /** Whether a class of the JDK has an order in which only equal objects are the same, and is immutable. */
    static boolean isOrdered(Class<?> type) {
        return ORDERED.contains(type);
    }

    /** A key, or {@link #LACKING}. */
    Object read(Kryo kryo, Input in) {
        enter();
        try {
            int before = Lacking.of(kryo).count();
            Object key = kryo.readClassAndObject(in);
            return key == null && Lacking.of(kryo).count() > before ? LACKING : key;
        } finally {
            nested--;
        }
    }

    void write(Kryo kryo, Output out, Object key) {
        enter();
        try {
            kryo.writeClassAndObject(out, key);
        } finally {
            nested--;
        }
        // To look through what refers to one thing many times may take for ever; writing it ends at the limit.
        if (!(key instanceof String) && !keepsItsEquality(key)) {
            throw new Unshareable("an array, or a queue or other collection that is no List and no Set, which is equal only to "
                    + "itself, as a key of a map or an element of a set: make it a List");
        }
    }

    /** Whether what arrives is equal to it, and so found by it. */
    private static boolean keepsItsEquality(@Nullable Object key) {
        if (key instanceof List || key instanceof Set) {
            for (Object element : (Collection<?>) key) {
                if (!keepsItsEquality(element)) {
                    return false;
                }
            }
            return true;
        } else if (key instanceof Map<?, ?> map) {
            return keepsItsEquality(List.of(map.keySet(), new ArrayList<>(map.values())));
        } else if (key instanceof Map.Entry<?, ?> entry) {
            return keepsItsEquality(entry.getKey()) && keepsItsEquality(entry.getValue());
        } else if (key instanceof Optional<?> optional) {
            return keepsItsEquality(optional.orElse(null));
        }
        return key == null || !(key instanceof Collection) && !key.getClass().isArray();
    }

    private void enter() {
        if (nested == MAX_NESTED) {
            throw new KryoException("keys of maps or elements of sets within one another are more than " + MAX_NESTED
                    + " deep");
        }
        nested++;
    }

    /** The hash codes of one map's or set's keys. */
    static final class Tally {
        private int @Nullable [] hashes;
        private int count;

        /** Takes down a key, before it is put into the table. */
        void add(@Nullable Object key) {
            if (key == null || ORDERED.contains(key.getClass())) {
                return;
            }
            if (hashes == null) {
                hashes = new int[8];
            } else if (count == hashes.length) {
                // Twice as many each time: what is found late has cost no more than four times what is allowed.
                check();
                hashes = Arrays.copyOf(hashes, count * 2);
            }
            hashes[count++] = key.hashCode();
        }

        /** Whether any two are alike, as those of equal keys are. */
        boolean hasAlike() {
            if (hashes == null || count < 2) {
                return false;
            }
            Arrays.sort(hashes, 0, count);
            for (int i = 1; i < count; i++) {
                if (hashes[i] == hashes[i - 1]) {
                    return true;
                }
            }
            return false;
        }

        /** Looks whether too many are alike. */
        void check() {
            if (hashes == null || count <= MAX_ALIKE) {
                return;
            }
            Arrays.sort(hashes, 0, count);
            for (int i = MAX_ALIKE; i < count; i++) {
                if (hashes[i] == hashes[i - MAX_ALIKE]) {
                    throw new KryoException("more than " + MAX_ALIKE + " keys of a map, or elements of a set, have the same "
                            + "hash code: their class needs a better hashCode()");
                }
            }
        }
    }
}
