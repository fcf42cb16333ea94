package dev.parlor.internal.engine;

import dev.parlor.internal.net.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network in memory that can be cut and healed at will, and that loses what crosses the cut, as JGroups does. Frames
 * to one member are handed over in the order of sending, by one thread each.
 */
public final class HubNetwork {
    private final Map<Long, Member> members = new LinkedHashMap<>();
    private BiPredicate<Long, Long> loses = (from, to) -> false;

    /** A new member; it comes into everybody's view when it connects. */
    public synchronized Network member(long id) {
        Member member = new Member(id);
        members.put(id, member);
        return member;
    }

    /** Loses frames from one to another while the predicate says so; nobody is told. */
    public synchronized void lose(BiPredicate<Long, Long> from) {
        loses = from;
    }

    /** Cuts the network in two: these, and all others. Each side gets its own view. */
    public synchronized void partition(Long... side) {
        List<Long> one = List.of(side);
        members.values().forEach(member -> member.side = one.contains(member.id) ? 1 : 0);
        announce(List.of());
    }

    /** Heals the cut: all get a merged view. */
    public synchronized void heal() {
        List<List<Long>> sides = List.copyOf(members.values().stream().filter(member -> member.connected)
                .collect(Collectors.groupingBy(member -> member.side, TreeMap::new,
                        Collectors.mapping(member -> member.id, Collectors.toList()))).values());
        members.values().forEach(member -> member.side = 0);
        announce(sides);
    }

    private void announce(List<List<Long>> sides) {
        for (Member each : members.values()) {
            if (each.connected) {
                Network.View view = new Network.View(onSideOf(each).map(member -> member.id).toList(), sides);
                each.deliver(() -> each.receiver.onView(view));
            }
        }
    }

    private Stream<Member> onSideOf(Member one) {
        return members.values().stream().filter(other -> other.connected && other.side == one.side);
    }

    private synchronized void send(Member from, Long to, byte[] frame) {
        List<Member> receivers = new ArrayList<>(onSideOf(from).filter(member -> member != from
                && (to == null || member.id == to)).toList());
        for (Member member : receivers) {
            if (!loses.test(from.id, member.id)) {
                member.deliver(() -> member.receiver.onFrame(from.id, to == null, frame, 0, frame.length));
            }
        }
    }

    private final class Member implements Network {
        private final long id;
        private final ExecutorService delivery = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hub");
            thread.setDaemon(true);
            return thread;
        });
        private Receiver receiver;
        private boolean connected;
        private int side;

        Member(long id) {
            this.id = id;
        }

        private void deliver(Runnable action) {
            if (!delivery.isShutdown()) {
                delivery.execute(action);
            }
        }

        @Override
        public long self() {
            return id;
        }

        @Override
        public void connect(Receiver to) {
            synchronized (HubNetwork.this) {
                receiver = to;
                connected = true;
                announce(List.of());
            }
        }

        @Override
        public void sendToAll(byte[] frame) {
            HubNetwork.this.send(this, null, frame);
        }

        @Override
        public void send(long member, byte[] frame) {
            HubNetwork.this.send(this, member, frame);
        }

        @Override
        public void lookForOthers() {
            throw new AssertionError("whoever sees somebody here is seen");
        }

        @Override
        public void close() {
            synchronized (HubNetwork.this) {
                if (connected) {
                    connected = false;
                    delivery.shutdown();
                    announce(List.of());
                }
            }
        }
    }
}
