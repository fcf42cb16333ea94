package dev.parlor.sim.joins;

import dev.parlor.ParlorException;
import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One room of 2 to 5 members, one or two that join it, and what happens meanwhile; all of it follows from a seed. What each join ended
 * with is compared with what the room had when it began.
 */
final class JoinRun {
    private static final long MILLI = VirtualTime.MILLI;
    private static final long SECOND = 1_000 * MILLI;
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final double[] SHARES = {0.01, 0.05, 0.2};
    private static final int MOST_KEYS = 4_000;
    private static final int LEAST_KEYS = 200;
    private static final int MOST_BYTES = 300;
    private static final Duration RETENTION = Duration.ofMinutes(5);
    /** A join that has not ended by then never does. */
    private static final long JOIN_ENDS_NANOS = 90 * SECOND;
    private static final long FOUNDED_NANOS = 30 * SECOND;
    private static final long SETTLED_NANOS = 120 * SECOND;
    /** From a join's end until the program hears of it, some threads later: whom a view has brought since was no member then. */
    private static final long HANDED_ON_NANOS = 10 * MILLI;

    /** What came of a join. */
    enum Kind {
        /** All is there. */
        COMPLETE,
        /** All but somebody who has not answered, which is warned of: it is no participant here yet. */
        SOMEBODY_SILENT,
        /** It found nobody, and began a room. */
        ALONE,
        /**
         * Nobody who was in the room then is a member here, but others who joined meanwhile: another part, or what is left when those
         * are gone.
         */
        OTHER_PART,
        /** It began a room, with nothing of the former one: all whom it had met there have left, or died. */
        ROOM_GONE,
        /** It failed with a typed exception. */
        FAILED,
        /** A violation. */
        PART
    }

    /** What came of a join, and why that is said. */
    record Ended(Kind kind, long millis, String why) {}

    /** Somebody who is in the room or joins it. */
    private final class Peer {
        final Member member;
        final SimPeer sim;
        final String name;
        final List<Warning.Kind> warnings = new ArrayList<>();
        int data = 1;
        boolean joined;
        boolean leaving;
        boolean left;
        /** It joined though somebody who was in the room had not answered. */
        boolean joinedWithoutSomebody;

        Peer(int number) {
            name = "p" + number;
            member = network.member(1 + random.nextLong(Stamp.MAX_AUTHOR));
            long skewMillis = random.nextInt(200) - 100;
            sim = new SimPeer(name, dataOf(1), RETENTION, member, () -> EPOCH_MILLIS + time.nanos() / MILLI + skewMillis, time::nanos,
                    time.thread(random, member), time.thread(random, member), time.thread(random, member),
                    (millis, action) -> member.at(time.nanos() + millis * MILLI, action));
            sim.room().on(Warning.class, warning -> warnings.add(warning.kind()));
        }

        String dataOf(int number) {
            return name + ":" + number;
        }

        boolean isIn() {
            return joined && !leaving && !member.isDead();
        }

        void write(String key) {
            sim.room().sessionData().put(key, "x".repeat(random.nextInt(MOST_BYTES)) + written++);
        }

        void speak() {
            sim.room().setUserData(dataOf(++data));
        }
    }

    /** What the room had when a join began. */
    private record Before(List<Peer> members, Map<String, Stamp> heldByAll, Map<Peer, Map<String, Stamp>> own, Map<Peer, Integer> data) {}

    private final VirtualTime time = new VirtualTime();
    private final Random random;
    private final double share;
    private final LossyNetwork network;
    private final List<Peer> room = new ArrayList<>();
    private final List<Peer> joiners = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final int keys;
    private int written;

    JoinRun(long seed) {
        random = new Random(seed);
        share = SHARES[(int) Math.floorMod(seed, (long) SHARES.length)];
        network = new LossyNetwork(time, random, new Loss(share));
        keys = LEAST_KEYS + random.nextInt(MOST_KEYS - LEAST_KEYS);
    }

    double share() {
        return share;
    }

    /** What happened, for one who looks into a violation. */
    List<String> story() {
        return story;
    }

    /** Runs it, and says how each join ended. */
    List<Ended> run() {
        found();
        int joins = 1 + random.nextInt(2);
        for (int i = 0; i < joins; i++) {
            time.after(random.nextInt(2_000) * MILLI, this::join);
        }
        for (int i = random.nextInt(300); i > 0; i--) {
            time.after(random.nextInt(8_000) * MILLI, this::writeSomething);
        }
        time.pass(2 * SECOND + JOIN_ENDS_NANOS);
        while (ended.size() < joins) {
            ended.add(new Ended(Kind.PART, 0, "a join never ended"));
        }
        network.calmDown();
        time.pass(SETTLED_NANOS);
        joiners.stream().filter(each -> each.joinedWithoutSomebody && !each.member.isDead())
                .filter(each -> !each.warnings.contains(Warning.Kind.SILENT_PARTICIPANT) && !each.warnings.contains(Warning.Kind.INTRUDER))
                .forEach(each -> ended.add(new Ended(Kind.PART, 0, each.name + " was not warned of who had not answered")));
        List<Peer> left = all().stream().filter(Peer::isIn).toList();
        if (left.stream().anyMatch(each -> !each.sim.digest().equals(left.get(0).sim.digest()))) {
            ended.add(new Ended(Kind.PART, 0, "they do not hold the same in the end"));
        }
        return ended;
    }

    private List<Peer> all() {
        List<Peer> all = new ArrayList<>(room);
        all.addAll(joiners);
        return all;
    }

    private void tell(String what) {
        story.add(time.nanos() / MILLI + " ms: " + what);
    }

    /** A room with its data, which all have. */
    private void found() {
        for (int members = 2 + random.nextInt(4); members > 0; members--) {
            Peer peer = new Peer(room.size());
            room.add(peer);
            peer.sim.join().whenComplete((done, thrown) -> {
                peer.joined = thrown == null;
                peer.sim.startListeners();
            });
            time.pass(FOUNDED_NANOS);
        }
        for (int i = 0; i < keys; i++) {
            room.get(random.nextInt(room.size())).write(key(i));
        }
        time.pass(FOUNDED_NANOS);
        network.lose();
    }

    private static String key(int number) {
        return "k" + number;
    }

    private void writeSomething() {
        List<Peer> writers = room.stream().filter(each -> each.isIn() && !each.member.isStopped()).toList();
        Peer writer = writers.isEmpty() ? null : writers.get(random.nextInt(writers.size()));
        if (writer != null) {
            switch (random.nextInt(8)) {
                case 0 -> writer.sim.room().sessionData().remove(key(random.nextInt(keys)));
                case 1 -> writer.sim.room().sessionData().merge(Map.of(key(random.nextInt(keys)), written++, key(random.nextInt(keys) + keys),
                        written++));
                case 2 -> writer.speak();
                default -> writer.write(key(random.nextInt(keys)));
            }
        }
    }

    /** What goes wrong while somebody joins: most of it amid the first answers and the state. */
    private void disturb() {
        for (int i = random.nextInt(4); i > 0; i--) {
            time.after(random.nextInt(random.nextBoolean() ? 200 : 5_000) * MILLI, this::disturbOnce);
        }
    }

    private void disturbOnce() {
        List<Peer> in = room.stream().filter(Peer::isIn).toList();
        Peer one = in.get(random.nextInt(in.size()));
        switch (random.nextInt(7)) {
            case 0 -> {
                tell(one.name + " is excluded");
                network.exclude(one.member);
            }
            case 1 -> joiners.stream().findFirst().ifPresent(joiner -> {
                tell(joiner.name + " is excluded");
                network.exclude(joiner.member);
            });
            case 2 -> {
                List<Peer> some = all().stream().filter(each -> random.nextBoolean()).toList();
                tell(some.stream().map(each -> each.name).toList() + " are parted from the others");
                network.part(some.stream().map(each -> each.member).toList());
            }
            case 3 -> {
                if (in.size() > 1) {
                    tell(one.name + " dies");
                    one.member.die();
                    network.gone(one.member, random.nextInt(6_000) * MILLI);
                }
            }
            case 4 -> {
                if (in.size() > 1) {
                    tell(one.name + " leaves");
                    one.leaving = true;
                    one.sim.leave().thenRun(() -> one.left = true);
                }
            }
            case 5 -> {
                int millis = 500 + random.nextInt(9_000);
                tell(one.name + " stands still for " + millis + " ms");
                one.member.stopUntil(time.nanos() + millis * MILLI);
                if (millis > 6_000) {
                    time.after(6 * SECOND, () -> network.exclude(one.member));
                }
            }
            default -> {
                // All is well, but for the loss.
            }
        }
    }

    // ---- a join

    private void join() {
        Peer joiner = new Peer(room.size() + joiners.size());
        joiners.add(joiner);
        Before before = before();
        long beganNanos = time.nanos();
        disturb();
        tell(joiner.name + " begins to join " + before.members().stream().map(each -> each.name).toList());
        joiner.sim.join().whenComplete((done, thrown) -> {
            Ended how = thrown == null ? look(joiner, before, beganNanos)
                    : thrown instanceof ParlorException ? new Ended(Kind.FAILED, millisSince(beganNanos), thrown.getMessage())
                    : new Ended(Kind.PART, 0, "failed with " + thrown);
            tell(joiner.name + " has joined, or not: " + how);
            ended.add(how);
            joiner.joined = thrown == null;
            if (joiner.joined) {
                joiner.sim.startListeners();
            } else {
                joiner.sim.end();
            }
        });
    }

    private long millisSince(long beganNanos) {
        return (time.nanos() - beganNanos) / MILLI;
    }

    private Before before() {
        // Who is leaving is there until it has left.
        List<Peer> members = all().stream().filter(each -> each.joined && !each.left && !each.member.isDead()).toList();
        Map<String, Stamp> heldByAll = new TreeMap<>();
        Map<Peer, Map<String, Stamp>> own = new HashMap<>();
        Map<Peer, Integer> data = new HashMap<>();
        members.forEach(each -> data.put(each, each.data));
        for (int i = 0; i < 2 * keys; i++) {
            String key = key(i);
            Stamp least = null;
            boolean all = true;
            for (Peer each : members) {
                VersionedValue held = each.sim.entry(key);
                if (held == null) {
                    all = false;
                    continue;
                }
                least = least == null || least.after(held.stamp()) ? held.stamp() : least;
                if (held.stamp().author() == each.member.id) {
                    own.computeIfAbsent(each, any -> new TreeMap<>()).put(key, held.stamp());
                }
            }
            if (all) {
                heldByAll.put(key, least);
            }
        }
        return new Before(members, heldByAll, own, data);
    }

    private Ended look(Peer joiner, Before before, long beganNanos) {
        long millis = millisSince(beganNanos);
        if (network.beganAlone(joiner.member.id)) {
            return new Ended(Kind.ALONE, millis, "");
        }
        if (before.members().stream().noneMatch(each -> joiner.member.sees(each.member.id))
                && joiner.sim.room().participants().size() > 1) {
            return new Ended(Kind.OTHER_PART, millis, "");
        }
        List<Peer> still = before.members().stream().filter(each -> network.hasSeen(joiner.member.id, each.member.id) && each.isIn())
                .toList();
        if (still.isEmpty() && before.heldByAll().keySet().stream().allMatch(key -> joiner.sim.entry(key) == null)) {
            return new Ended(Kind.ROOM_GONE, millis, "");
        }
        String lacks = lacks(joiner, before.heldByAll());
        if (lacks != null) {
            return new Ended(Kind.PART, millis, lacks + ", which all held");
        }
        boolean silent = false;
        for (Peer each : still) {
            var participant = joiner.sim.room().participant(new ParticipantId(each.member.id));
            if (participant.isPresent()) {
                String data = (String) participant.get().userData().orElse("nothing");
                if (number(data) < before.data().get(each)) {
                    return new Ended(Kind.PART, millis, each.name + " is there with " + data + " and not " + before.data().get(each));
                }
                String ownLack = lacks(joiner, before.own().getOrDefault(each, Map.of()));
                if (ownLack != null) {
                    return new Ended(Kind.PART, millis, ownLack + ", which " + each.name + " had written, who is there");
                }
            } else if (joiner.member.hasSeenFor(each.member.id, HANDED_ON_NANOS)) {
                silent = true;
            }
        }
        joiner.joinedWithoutSomebody = silent;
        return new Ended(silent ? Kind.SOMEBODY_SILENT : Kind.COMPLETE, millis, "");
    }

    private static int number(String data) {
        return data.contains(":") ? Integer.parseInt(data.substring(data.indexOf(':') + 1)) : 0;
    }

    private static String lacks(Peer joiner, Map<String, Stamp> wanted) {
        String first = null;
        int count = 0;
        for (Map.Entry<String, Stamp> each : wanted.entrySet()) {
            VersionedValue held = joiner.sim.entry(each.getKey());
            boolean there = held != null && !each.getValue().after(held.stamp()) || !each.getValue().after(joiner.sim.clear());
            if (!there) {
                first = first == null ? each.getKey() : first;
                count++;
            }
        }
        return first == null ? null : "lacks " + count + " of " + wanted.size() + " entries, " + first + " among them";
    }
}
