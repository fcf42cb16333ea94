package dev.parlor.bench.pure;

import dev.parlor.Room;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a caller pays in a room of its own: a put over 1,000 keys in turn, a read of what was decoded before. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoomBenchmark {
    private static final int KEYS = 1_000;

    private final String[] keys = new String[KEYS];
    private final byte[] value = new byte[100];
    private Room room;
    private int next;

    /** A room with all keys. */
    @Setup
    public void setUp() {
        room = Room.named("pure").as("bench").stack("classpath:parlor-stacks/in-jvm.xml").join();
        for (int i = 0; i < KEYS; i++) {
            keys[i] = String.format("k-%014d", i);
            room.sessionData().put(keys[i], value);
        }
    }

    /** Leaves. */
    @TearDown
    public void tearDown() {
        room.close();
    }

    /** Writes. */
    @Benchmark
    public void put() {
        room.sessionData().put(keys[next++ % KEYS], value);
    }

    /** Reads. */
    @Benchmark
    public Optional<Object> get() {
        return room.sessionData().get(keys[next++ % KEYS]);
    }
}
