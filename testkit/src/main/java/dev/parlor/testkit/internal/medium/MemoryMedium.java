package dev.parlor.testkit.internal.medium;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.testkit.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of this JVM. It gives what JGroups gives: frames of one to another arrive in order, those to all and those to
 * one apart; everybody is told who is there, in the order of joining. It takes more liberties: what JGroups would send again is
 * lost if the test says so.
 */
public final class MemoryMedium implements Medium {
    /** Somebody who is seen by nobody gives up its view for so long, as a merge of JGroups takes. */
    private static final long LOOK_FOR_OTHERS_NANOS = Duration.ofMillis(100).toNanos();

    private record Channel(long from, long to, boolean toAll) {}

    private final Time time;
    private final Faults faults;
    private final long latencyNanos;
    private final Map<Long, Port> ports = new LinkedHashMap<>();
    private final Map<Channel, Wire> wires = new HashMap<>();
    /** On which side each is, as far as it has been noticed. */
    private Map<Long, Integer> noticed = Map.of();
    private Duration detection = Duration.ZERO;

    /** @param latencyNanos below which each frame takes some time by chance; 0 for none */
    public MemoryMedium(Time time, Faults faults, long latencyNanos) {
        this.time = time;
        this.faults = faults;
        this.latencyNanos = latencyNanos;
    }

    public synchronized void detectAfter(Duration delay) {
        detection = delay;
    }

    @Override
    public Network open(NetworkOptions options, Gate gate) {
        return new Port(options, gate);
    }

    @Override
    public synchronized void changed() {
        Map<Long, Integer> sides = faults.sides();
        detect(() -> noticed = sides);
    }

    @Override
    public synchronized void vanished(long member) {
        detect(() -> {
            Port port = ports.remove(member);
            if (port != null) {
                port.connected = false;
            }
        });
    }

    private void detect(Runnable change) {
        if (detection.isZero()) {
            change.run();
            announce();
        } else {
            time.after(detection.toNanos(), () -> {
                synchronized (this) {
                    change.run();
                    announce();
                }
            });
        }
    }

    @Override
    public synchronized void hurry() {
        detection = Duration.ZERO;
        noticed = faults.sides();
        announce();
        wires.values().forEach(Wire::hurry);
    }

    @Override
    public void close() {
        // There is nothing but memory.
    }

    /** Tells everybody who is there, as far as it has changed. */
    private void announce() {
        Map<Port, Network.View> news = new LinkedHashMap<>();
        for (Port port : ports.values()) {
            List<Long> members = ports.values().stream().filter(port::sees).map(Port::self).toList();
            if (!members.equals(port.view)) {
                news.put(port, new Network.View(members, sides(members)));
            }
        }
        news.forEach(Port::install);
    }

    /** The members of each group that becomes one; none if who has come has just joined. */
    private List<List<Long>> sides(List<Long> members) {
        Map<List<Long>, List<Long>> sides = new LinkedHashMap<>();
        for (long member : members) {
            Port port = ports.get(member);
            List<Long> before = port == null ? List.of() : port.view.stream().filter(members::contains).toList();
            if (!before.isEmpty()) {
                sides.computeIfAbsent(before, same -> new ArrayList<>()).add(member);
            }
        }
        return sides.size() < 2 ? List.of() : List.copyOf(sides.values());
    }

    private synchronized void send(Port from, @Nullable Long to, byte[] frame) {
        for (Port port : ports.values()) {
            if (port != from && from.connected && (to == null || port.self() == to) && from.view.contains(port.self())) {
                Faults.Fate fate = faults.fate(from.self(), port.self());
                for (int i = 0; i < fate.copies(); i++) {
                    long delay = fate.delayNanos() + (latencyNanos == 0 ? 0 : faults.chance(latencyNanos));
                    wires.computeIfAbsent(new Channel(from.self(), port.self(), to == null), channel -> new Wire(time))
                            .carry(delay, () -> arrive(from, port, to == null, frame));
                }
            }
        }
    }

    /** Each finds its way by itself: what takes longer arrives later, and nothing is sent again. */
    private synchronized void sendLossy(Port from, byte[] frame) {
        for (Port port : ports.values()) {
            if (port != from && from.connected && from.view.contains(port.self())) {
                Faults.Fate fate = faults.fate(from.self(), port.self());
                for (int i = 0; i < fate.copies(); i++) {
                    long delay = fate.delayNanos() + (latencyNanos == 0 ? 0 : faults.chance(latencyNanos));
                    Runnable arrive = () -> arrive(from, port, true, frame);
                    if (delay == 0) {
                        time.execute(arrive);
                    } else {
                        time.after(delay, arrive);
                    }
                }
            }
        }
    }

    private void arrive(Port from, Port to, boolean toAll, byte[] frame) {
        if (faults.reach(from.self(), to.self())) {
            to.hear(from.self(), toAll, frame);
        }
    }

    /** One participant's end. */
    private final class Port implements Network {
        private final NetworkOptions options;
        private final Gate gate;
        private final Executor inbound;
        /** For what is not sent by the room's worker, which stands still with the program. */
        private final Executor outbound;
        private volatile @Nullable Receiver receiver;
        private boolean connected;
        private boolean alone;
        private List<Long> view = List.of();

        Port(NetworkOptions options, Gate gate) {
            this.options = options;
            this.gate = gate;
            this.inbound = gate.lane(time::execute);
            this.outbound = gate.lane(Runnable::run);
        }

        @Override
        public long self() {
            return options.self();
        }

        @Override
        public void connect(Receiver to) {
            synchronized (MemoryMedium.this) {
                receiver = to;
                connected = true;
                ports.values().stream().filter(this::isStrangeTo).forEach(other -> {
                    tell(each -> each.onStrangers(1, true));
                    other.tell(each -> each.onStrangers(1, true));
                });
                ports.put(self(), this);
                announce();
            }
        }

        private boolean isStrangeTo(Port other) {
            return other.options.room().equals(options.room()) && !isOfTheSameRoom(other);
        }

        private boolean isOfTheSameRoom(Port other) {
            return other.options.room().equals(options.room()) && Arrays.equals(other.options.passphrase(), options.passphrase());
        }

        private boolean sees(Port other) {
            return other == this || !alone && !other.alone && isOfTheSameRoom(other) && side() == other.side();
        }

        private int side() {
            return noticed.getOrDefault(self(), Faults.FIRST_SIDE);
        }

        private void install(View news) {
            view = news.members();
            tell(each -> each.onView(news));
        }

        private void hear(long from, boolean toAll, byte[] frame) {
            tell(each -> each.onFrame(from, toAll, frame, 0, frame.length));
        }

        private void tell(Consumer<Receiver> news) {
            inbound.execute(() -> {
                Receiver to = receiver;
                if (to != null) {
                    news.accept(to);
                }
            });
        }

        @Override
        public void sendToAll(byte[] frame) {
            MemoryMedium.this.send(this, null, frame);
        }

        @Override
        public void sendLossy(byte[] frame) {
            outbound.execute(() -> MemoryMedium.this.sendLossy(this, frame));
        }

        @Override
        public void send(long member, byte[] frame) {
            MemoryMedium.this.send(this, member, frame);
        }

        @Override
        public void lookForOthers() {
            setAlone(true);
            time.after(LOOK_FOR_OTHERS_NANOS, () -> setAlone(false));
        }

        private void setAlone(boolean gaveUp) {
            synchronized (MemoryMedium.this) {
                alone = gaveUp;
                announce();
            }
        }

        @Override
        public void close() {
            synchronized (MemoryMedium.this) {
                // Of who vanished it has to be found out.
                if (connected && !gate.isGone()) {
                    connected = false;
                    ports.remove(self());
                    announce();
                }
            }
        }
    }
}
