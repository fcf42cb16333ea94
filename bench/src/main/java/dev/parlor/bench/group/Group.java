package dev.parlor.bench.group;

import dev.parlor.bench.candidate.Kind;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Some JVMs with a member each of one group, apart from every other group. */
public final class Group implements AutoCloseable {
    private static final int FIRST_PORT = 20_100;
    /** Between the ports of two groups: Hazelcast tries those that follow. */
    private static final int PORT_STEP = 10;
    private static final int PORTS = 500;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Kind kind;
    private final File log;
    private final int port = FIRST_PORT + COUNT.getAndIncrement() % PORTS * PORT_STEP;
    private final String name = "bench" + ProcessHandle.current().pid();
    private final List<Jvm> jvms = new ArrayList<>();

    public Group(Kind kind, File log) {
        this.kind = kind;
        this.log = log;
    }

    /** A group of so many, all of whom see all, in JVMs with these options. */
    public static Group of(Kind kind, int count, File log, String... options) throws IOException {
        Group group = new Group(kind, log);
        try {
            for (int i = 0; i < count; i++) {
                group.start(options);
            }
            group.jvms.forEach(jvm -> jvm.ask("join"));
            group.all("members " + count);
            return group;
        } catch (RuntimeException | IOException e) {
            group.close();
            throw e;
        }
    }

    /** A further JVM, which has not joined. */
    public Jvm start(String... options) throws IOException {
        Jvm jvm = new Jvm(kind.id(), name, port, log, List.of(options));
        jvms.add(jvm);
        return jvm;
    }

    public Jvm get(int index) {
        return jvms.get(index);
    }

    /** All. */
    public List<Jvm> everybody() {
        return List.copyOf(jvms);
    }

    /** All but one. */
    public List<Jvm> others(Jvm one) {
        return jvms.stream().filter(jvm -> jvm != one).toList();
    }

    /** Gives all an order at once, and their answers. */
    public List<String> all(String order) {
        return tell(jvms, order);
    }

    public static List<String> tell(List<Jvm> some, String order) {
        some.forEach(jvm -> jvm.tell(order));
        return some.stream().map(Jvm::answer).toList();
    }

    /** When the last of some was done with the oldest order that was not answered. */
    public static long lastDone(List<Jvm> some) {
        return some.stream().mapToLong(jvm -> Long.parseLong(jvm.answer())).max().orElseThrow();
    }

    /** The live heap of each, in bytes. */
    public List<Long> heaps() {
        return all("heap").stream().map(Long::parseLong).toList();
    }

    /** Fails unless all hold the same. */
    public void verify() {
        List<String> sums = all("sum");
        if (sums.stream().distinct().count() != 1) {
            throw new MeasurementFailedException("the members hold different contents: " + sums);
        }
    }

    @Override
    public void close() {
        jvms.forEach(Jvm::close);
    }
}
