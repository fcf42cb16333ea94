package dev.parlor.bench.pure;

import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A full frame to bytes and back, for each entry. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final int ENTRIES = 340;

    private final Frame.Numbered frame = new Frame.Numbered(7,
            new Frame.Update(Samples.delta(0, ENTRIES, 1L << 58), 0, Map.of(), List.of()));
    private final byte[] bytes = FrameCodec.encode(Samples.AUTHOR, frame);

    /** To bytes. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public byte[] encode() {
        return FrameCodec.encode(Samples.AUTHOR, frame);
    }

    /** From bytes. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Frame.Numbered decode() throws MalformedFrameException {
        return FrameCodec.decode(Samples.AUTHOR, bytes, 0, bytes.length);
    }
}
