package dev.parlor.bench.pure;

import dev.parlor.Family;
import dev.parlor.KeyFamily;
import dev.parlor.Room;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A family of 1,000 keys in a room of 100,000 others, beside a plain map of 1,000; and what it costs a put that there are families. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FamilyBenchmark {
    private static final int MEMBERS = 1_000;
    private static final int OTHERS = 100_000;

    /** How many families are read: their indexes are kept up to date by each put. */
    @Param({"0", "1", "100"})
    private int families;

    private final String[] members = new String[MEMBERS];
    private final String[] others = new String[MEMBERS];
    private final TreeMap<String, Long> tree = new TreeMap<>();
    private Room room;
    private Family<Long> votes;
    private long next;

    /** A room with all keys. */
    @Setup
    public void setUp() {
        room = Room.named("pure").as("bench").stack("classpath:parlor-stacks/in-jvm.xml").join();
        for (int i = 0; i < OTHERS; i++) {
            room.sessionData().put(String.format("k-%014d", i), (long) i);
        }
        votes = room.sessionData().family(KeyFamily.of("vote/", Long.class));
        for (int i = 0; i < MEMBERS; i++) {
            members[i] = String.format("v-%09d", i);
            others[i] = String.format("k-%014d", i);
            votes.put(members[i], 1_000L + i);
            tree.put(members[i], 1_000L + i);
        }
        for (int i = 1; i < families; i++) {
            room.sessionData().family(KeyFamily.of("family" + i + "/", Long.class)).asMap();
        }
        if (families > 0) {
            votes.asMap();
        }
    }

    /** Leaves. */
    @TearDown
    public void tearDown() {
        room.close();
    }

    private static long sumOf(Map<String, Long> map) {
        long sum = 0;
        for (Map.Entry<String, Long> entry : map.entrySet()) {
            sum += entry.getValue() + entry.getKey().length();
        }
        return sum;
    }

    /** All of the family. */
    @Benchmark
    public long iterate() {
        return sumOf(votes.asMap());
    }

    /** All of a plain map of the same. */
    @Benchmark
    public long iterateTreeMap() {
        return sumOf(tree);
    }

    /** How many there are. */
    @Benchmark
    public int size() {
        return votes.size();
    }

    /** One of the family. */
    @Benchmark
    public Optional<Long> get() {
        return votes.get(members[(int) (next++ % MEMBERS)]);
    }

    /** One of the family, written. */
    @Benchmark
    public void put() {
        votes.put(members[(int) (next % MEMBERS)], next++);
    }

    /** A key of no family, written. */
    @Benchmark
    public void putOther() {
        room.sessionData().put(others[(int) (next % MEMBERS)], (Object) next++);
    }
}
