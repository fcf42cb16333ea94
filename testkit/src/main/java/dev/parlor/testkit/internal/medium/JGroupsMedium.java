package dev.parlor.testkit.internal.medium;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.jgroups.JGroupsNetwork;
import dev.parlor.testkit.internal.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * JGroups in the memory of this JVM, with a {@link FaultProtocol} above its transport. Who is gone or back, JGroups finds out by
 * itself.
 */
public final class JGroupsMedium implements Medium {
    private static final String STACK = "parlor-stacks/in-jvm.xml";
    private static final String END_OF_TRANSPORT = "diag.enabled=\"false\"/>";
    private static final Map<String, JGroupsMedium> ALL = new ConcurrentHashMap<>();

    private final Time time;
    private final Faults faults;
    private final String id = UUID.randomUUID().toString();
    private final Map<Long, Executor> lanes = new ConcurrentHashMap<>();
    private @Nullable Path stack;

    public JGroupsMedium(Time time, Faults faults) {
        this.time = time;
        this.faults = faults;
        ALL.put(id, this);
    }

    /** The one of an id, or null if it has been closed. */
    static @Nullable JGroupsMedium of(String id) {
        return ALL.get(id);
    }

    @Override
    public Network open(NetworkOptions options, Gate gate) {
        lanes.put(options.self(), gate.lane(Runnable::run));
        // Another network's rooms of the same name are in the same memory.
        return JGroupsNetwork.open(new NetworkOptions(options.room() + " in " + id, options.displayName(), options.self(),
                new NetworkOptions.Reach.Stack(stack().toString()), null, NetworkOptions.ANY_PORT, options.passphrase()));
    }

    private synchronized Path stack() {
        if (stack == null) {
            try (InputStream in = JGroupsMedium.class.getClassLoader().getResourceAsStream(STACK)) {
                String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                stack = Files.createTempFile("parlor-testkit", ".xml");
                Files.writeString(stack, xml.replace(END_OF_TRANSPORT, END_OF_TRANSPORT + "\n    <" + FaultProtocol.class.getName()
                        + " network=\"" + id + "\"/>"));
            } catch (IOException e) {
                throw new UncheckedIOException("the stack cannot be written to the folder of temporary files", e);
            }
        }
        return stack;
    }

    /** Lets a packet go down, or up: on the thread that has it, unless the program stands still. */
    void pass(long member, Runnable handOver) {
        lanes.computeIfAbsent(member, unknown -> new Gate().lane(Runnable::run)).execute(handOver);
    }

    /** Hands a packet up, if it gets there. */
    void carry(long from, long to, Runnable handOver) {
        Faults.Fate fate = faults.fate(from, to);
        for (int i = 0; i < fate.copies(); i++) {
            if (fate.delayNanos() == 0) {
                pass(to, handOver);
            } else {
                time.after(fate.delayNanos(), () -> pass(to, handOver));
            }
        }
    }

    @Override
    public void hurry() {
        // What takes time is JGroups.
    }

    @Override
    public void changed() {
        // JGroups finds out.
    }

    @Override
    public void vanished(long member) {
        // Its gate lets nothing pass any more.
    }

    @Override
    public synchronized void close() {
        ALL.remove(id);
        if (stack != null) {
            try {
                Files.deleteIfExists(stack);
            } catch (IOException e) {
                stack.toFile().deleteOnExit();
            }
        }
    }
}
