package dev.parlor.testkit;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The memory of this JVM. It gives what JGroups gives: frames of one to another arrive in order, those to all and those to
 * one apart; everybody is told who is there, in the order of joining. It takes more liberties: what JGroups would send again is
 * lost if the test says so.
 */
final class MemoryMedium implements Medium {
    /** Somebody who is seen by nobody gives up its view for so long, as a merge of JGroups takes. */
    private static final long LOOK_FOR_OTHERS_NANOS = Duration.ofMillis(100).toNanos();

    private record Channel(long from, long to, boolean toAll) {}

    private final Time time;
    private final Faults faults;
    private final long latencyNanos;
    private final Map<Long, Port> ports = new LinkedHashMap<>();
    private final Map<Channel, Long> lastArrivals = new HashMap<>();
    private Duration detection = Duration.ZERO;

    /** @param latencyNanos below which each frame takes some time by chance; 0 for none */
    MemoryMedium(Time time, Faults faults, long latencyNanos) {
        this.time = time;
        this.faults = faults;
        this.latencyNanos = latencyNanos;
    }

    synchronized void detectAfter(Duration delay) {
        detection = delay;
    }

    @Override
    public Network open(NetworkOptions options, Gate gate) {
        return new Port(options, gate);
    }

    @Override
    public synchronized void changed() {
        detect(false);
    }

    @Override
    public synchronized void healed() {
        detect(true);
    }

    @Override
    public synchronized void vanished(long member) {
        Port port = ports.get(member);
        if (port != null) {
            port.connected = false;
        }
        detect(false);
    }

    private void detect(boolean merges) {
        if (detection.isZero()) {
            announce(merges);
        } else {
            time.after(detection.toNanos(), () -> announce(merges));
        }
    }

    /** Tells everybody who is there, as far as it has changed. */
    private synchronized void announce(boolean merges) {
        Map<Port, Network.View> news = new LinkedHashMap<>();
        for (Port port : ports.values()) {
            if (port.connected) {
                List<Long> members = ports.values().stream().filter(port::sees).map(Port::self).toList();
                if (!members.equals(port.view)) {
                    news.put(port, new Network.View(members, merges ? representatives(members) : List.of()));
                }
            }
        }
        news.forEach(Port::install);
        ports.values().removeIf(port -> !port.connected);
    }

    /** The first of each group that becomes one. */
    private List<Long> representatives(List<Long> members) {
        Map<List<Long>, Long> first = new LinkedHashMap<>();
        members.forEach(member -> first.putIfAbsent(ports.get(member).view, member));
        return first.size() < 2 ? List.of() : List.copyOf(first.values());
    }

    private synchronized void send(Port from, Long to, byte[] frame) {
        for (Port port : List.copyOf(ports.values())) {
            if (port != from && port.connected && from.connected && (to == null || port.self() == to)
                    && from.view.contains(port.self()) && from.isOfTheSameRoom(port)) {
                Faults.Fate fate = faults.fate(from.self(), port.self());
                for (int i = 0; i < fate.copies(); i++) {
                    carry(from, port, to == null, frame, fate.delayNanos());
                }
            }
        }
    }

    private void carry(Port from, Port to, boolean toAll, byte[] frame, long delayNanos) {
        Channel channel = new Channel(from.self(), to.self(), toAll);
        long now = time.nanos();
        long delay = delayNanos + (latencyNanos == 0 ? 0 : faults.chance(latencyNanos));
        long arrival = Math.max(now + delay, lastArrivals.getOrDefault(channel, now));
        Runnable arrive = () -> arrive(from, to, toAll, frame);
        if (arrival > now) {
            lastArrivals.put(channel, arrival);
            time.after(arrival - now, arrive);
        } else {
            time.execute(arrive);
        }
    }

    private void arrive(Port from, Port to, boolean toAll, byte[] frame) {
        if (faults.reach(from.self(), to.self())) {
            to.gate.pass(() -> to.hear(from.self(), toAll, frame));
        }
    }

    /** One participant's end. */
    private final class Port implements Network {
        private final NetworkOptions options;
        private final Gate gate;
        private volatile Receiver receiver;
        private boolean connected;
        private boolean alone;
        private List<Long> view = List.of();

        Port(NetworkOptions options, Gate gate) {
            this.options = options;
            this.gate = gate;
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
                announce(false);
            }
        }

        private boolean isStrangeTo(Port other) {
            return other.connected && other.options.room().equals(options.room()) && !isOfTheSameRoom(other);
        }

        private boolean isOfTheSameRoom(Port other) {
            return other.options.room().equals(options.room()) && Arrays.equals(other.options.passphrase(), options.passphrase());
        }

        private boolean sees(Port other) {
            return other == this || other.connected && !alone && !other.alone && isOfTheSameRoom(other)
                    && faults.reach(self(), other.self());
        }

        private void install(View news) {
            view = news.members();
            tell(each -> each.onView(news));
        }

        private void hear(long from, boolean toAll, byte[] frame) {
            receiver.onFrame(from, toAll, frame, 0, frame.length);
        }

        private void tell(Consumer<Receiver> news) {
            time.execute(() -> gate.pass(() -> news.accept(receiver)));
        }

        @Override
        public void sendToAll(byte[] frame) {
            MemoryMedium.this.send(this, null, frame);
        }

        @Override
        public void send(long member, byte[] frame) {
            MemoryMedium.this.send(this, member, frame);
        }

        @Override
        public void lookForOthers() {
            synchronized (MemoryMedium.this) {
                alone = true;
                announce(false);
            }
            time.after(LOOK_FOR_OTHERS_NANOS, () -> {
                synchronized (MemoryMedium.this) {
                    alone = false;
                    announce(true);
                }
            });
        }

        @Override
        public void close() {
            synchronized (MemoryMedium.this) {
                if (connected) {
                    connected = false;
                    announce(false);
                }
            }
        }
    }
}
