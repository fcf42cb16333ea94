package dev.parlor.bench.pure;

import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Entries as in the workloads: keys of 16 chars, values of 100 bytes. */
final class Samples {
    static final long AUTHOR = 0x1234_5678_9ABCL;
    private static final int BYTES = 100;

    private Samples() {}

    /** So many entries with stamps from a time on. */
    static StateDelta delta(int from, int count, long time) {
        Random random = new Random(from);
        List<KeyedValue> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[BYTES];
            random.nextBytes(value);
            entries.add(new KeyedValue(String.format("k-%014d", from + i),
                    VersionedValue.of(new Stamp(time + i, AUTHOR), value)));
        }
        return StateDelta.of(entries);
    }
}
