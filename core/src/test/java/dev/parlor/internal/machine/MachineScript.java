package dev.parlor.internal.machine;

import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.internal.machine.MachineHistory.Said;
import dev.parlor.internal.machine.MachineHistory.Write;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is done to machines in one run, all of it from a seed: they write keys, batches and clears, say things to all and to one,
 * change their user data, join, leave and vanish, while the network loses and doubles frames and falls into parts.
 */
final class MachineScript {
    private static final int STEPS = 90;
    private static final int STEP_MILLIS = 150;
    /** Removed keys are old enough to be forgotten while others are written. */
    private static final int LONG_STEP_MILLIS = 600;
    private static final int MOST_PEERS = 6;
    private static final int MOST_PARTS = 4;
    /** Longer than any repair takes, and than it takes to leave out who does not answer. */
    private static final long REST_MILLIS = 25_000;
    private static final long FLUSH_MILLIS = 3_000;
    private static final Duration LONG_RETENTION = Duration.ofSeconds(60);
    /** Longer than the network is ever in parts in such a run. */
    private static final Duration SHORT_RETENTION = Duration.ofSeconds(3);
    private static final long SHORT_CUT_MILLIS = 1_200;
    private static final long SILENT = 1_000_000;
    private static final List<String> KEYS = IntStream.range(0, 8).mapToObj(number -> "k" + number).toList();

    private final MachineWorld world;
    private final MachineHistory history = new MachineHistory();
    private final Random random;
    private final Map<Long, MachineWitness> witnesses = new HashMap<>();
    /** By machine, what it wrote itself. */
    private final Map<Long, Map<String, Stamp>> own = new HashMap<>();
    private final Map<Long, Stamp> ownClears = new HashMap<>();
    private final Map<Long, Integer> saidCounts = new HashMap<>();
    private final List<MachinePeer> leaving = new ArrayList<>();
    /** Nothing is lost and nobody is cut off. */
    private final boolean calm;
    private final boolean forgets;
    private long nextId = 1;
    private long cutMillis = -1;

    MachineScript(long seed) {
        world = new MachineWorld(seed);
        random = world.random;
        calm = random.nextInt(4) == 0;
        forgets = random.nextInt(3) == 0;
    }

    /** What is found wrong; nothing if all is well. */
    List<String> run() {
        for (int peers = 2 + random.nextInt(3); peers > 0; peers--) {
            join();
            world.pass(random.nextInt(1_500));
        }
        boolean silent = random.nextInt(5) == 0;
        for (int step = 0; step < STEPS; step++) {
            if (silent && step == STEPS / 3) {
                world.enter(SILENT);
            }
            step();
            world.pass(random.nextInt(4) == 0 ? 0 : random.nextInt(forgets ? LONG_STEP_MILLIS : STEP_MILLIS));
            if (forgets && cutMillis >= 0 && world.millis() - cutMillis > SHORT_CUT_MILLIS) {
                heal();
            }
        }
        world.lossPercent = 0;
        world.doublePercent = 0;
        heal();
        world.pass(REST_MILLIS);
        check();
        return history.findings;
    }

    private void step() {
        switch (random.nextInt(30)) {
            case 0 -> part();
            case 1 -> world.meet(false);
            case 2 -> heal();
            case 3 -> world.lossPercent = calm ? 0 : random.nextInt(25);
            case 4 -> world.doublePercent = random.nextInt(25);
            case 5 -> join();
            case 6 -> someone().filter(peer -> up().size() > 2).ifPresent(this::leave);
            case 7 -> someone().filter(peer -> up().size() > 2).ifPresent(this::vanish);
            case 8, 9 -> someone().filter(peer -> !forgets).ifPresent(this::clear);
            case 10 -> someone().ifPresent(peer -> peer.input(() -> peer.machine.updateUserData(bytes(history.newText()))));
            case 11, 12, 13, 14 -> someone().ifPresent(peer -> say(peer, random.nextInt(3) == 0));
            case 15 -> someone().ifPresent(this::flush);
            case 16, 17, 18 -> someone().ifPresent(peer -> write(peer, false, batch()));
            case 19, 20, 21, 22, 23 -> someone().ifPresent(peer -> write(peer, false, Collections.singletonMap(key(), null)));
            default -> someone().ifPresent(peer -> write(peer, false, forgets && random.nextInt(3) > 0
                    ? Collections.singletonMap(key(), null) : Map.of(key(), history.newText())));
        }
    }

    private List<MachinePeer> up() {
        return world.peers.stream().filter(peer -> peer.hasJoined() && !leaving.contains(peer)).toList();
    }

    private Optional<MachinePeer> someone() {
        List<MachinePeer> up = up();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- who is there

    private void join() {
        if (world.peers.size() < MOST_PEERS) {
            MachinePeer peer = new MachinePeer(nextId++, world, world::millis, forgets ? SHORT_RETENTION : LONG_RETENTION);
            witnesses.put(peer.id, new MachineWitness(peer, history, KEYS, world));
            world.join(peer);
        }
    }

    private void leave(MachinePeer peer) {
        leaving.add(peer);
        peer.leave(() -> world.gone(peer));
    }

    private void vanish(MachinePeer peer) {
        peer.vanish();
        world.gone(peer);
    }

    private void part() {
        if (!calm) {
            cutMillis = cutMillis < 0 ? world.millis() : cutMillis;
            world.part(2 + random.nextInt(MOST_PARTS - 1));
        }
    }

    private void heal() {
        cutMillis = -1;
        world.heal();
    }

    // ---- what is written and said

    private Map<String, String> batch() {
        Map<String, String> values = new LinkedHashMap<>();
        while (values.size() < 2) {
            values.put(key(), history.newText());
        }
        if (random.nextInt(3) == 0) {
            values.put(key(), null);
        }
        return values;
    }

    private void clear(MachinePeer peer) {
        write(peer, true, random.nextBoolean() ? Map.of() : batch());
    }

    private void write(MachinePeer peer, boolean clears, Map<String, String> values) {
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        values.forEach((key, text) -> encoded.put(key, bytes(text)));
        Stamp[] stamp = new Stamp[1];
        peer.input(() -> {
            if (!clears && values.size() == 1) {
                peer.machine.writes().apply(values.keySet().iterator().next(), encoded.values().iterator().next());
            } else {
                peer.machine.writes().apply(clears, encoded);
            }
            var session = peer.machine.state().session();
            stamp[0] = clears ? session.clear() : session.entry(values.keySet().iterator().next()).stamp();
            // Before anybody looks: a look asks what was written as one.
            history.wrote(new Write(stamp[0], clears, values));
        });
        values.forEach((key, text) -> {
            if (!Objects.equals(MachineWitness.text(peer.machine.state().session().liveEntry(key)), text)) {
                history.found(peer.id + " does not read what it wrote: " + key + "=" + text);
            }
            own.computeIfAbsent(peer.id, each -> new TreeMap<>()).put(key, stamp[0]);
        });
        if (clears) {
            ownClears.put(peer.id, stamp[0]);
        }
    }

    private void say(MachinePeer peer, boolean alone) {
        List<Present> others = peer.machine.state().inJoiningOrder().stream().filter(each -> each.id() != peer.id).toList();
        if (others.isEmpty()) {
            return;
        }
        Present to = alone ? others.get(random.nextInt(others.size())) : null;
        String text = Integer.toString(history.said.size());
        history.said.add(new Said(peer.id, saidCounts.merge(peer.id, 1, Integer::sum), to == null ? null : to.id(),
                new TreeMap<>(own.getOrDefault(peer.id, Map.of())), ownClears.getOrDefault(peer.id, Stamp.ZERO),
                peer.machine.state().users().of(peer.id).version(), others.stream().map(Present::id).collect(Collectors.toSet())));
        peer.input(() -> {
            if (to == null) {
                peer.machine.messaging().messages().sendToAll(bytes(text));
            } else {
                peer.machine.messaging().messages().sendTo(bytes(text), List.of(new Participant(new ParticipantId(to.id()), to.name(),
                        Instant.ofEpochMilli(to.joinedAtMillis()), Optional.empty(), false)));
            }
        });
    }

    /** Whoever has been there since has what was written before, once all have confirmed it. */
    private void flush(MachinePeer peer) {
        Map<String, Stamp> wrote = new TreeMap<>(own.getOrDefault(peer.id, Map.of()));
        Set<Long> present = peer.machine.state().inJoiningOrder().stream().map(Present::id).collect(Collectors.toSet());
        int views = world.views();
        peer.confirm(FLUSH_MILLIS, peer.machine.messaging().flushes()::begin, confirmed -> {
            if (confirmed && views == world.views()) {
                up().stream().filter(each -> present.contains(each.id)).forEach(each -> wrote.forEach((key, stamp) -> {
                    if (!witnesses.get(each.id).holds(key, stamp)) {
                        history.found(each.id + " lacks " + key + " that " + peer.id + " flushed");
                    }
                }));
            }
        });
    }

    // ---- the end

    /** How often removed keys were forgotten. */
    long compactions() {
        return world.peers.stream().mapToLong(peer -> peer.machine.state().stats().compactions).max().orElse(0);
    }

    private void check() {
        MachinePeer first = world.peers.get(0);
        for (MachinePeer peer : world.peers) {
            if (!peer.hasJoined()) {
                history.found(peer.id + " never joined");
                return;
            }
        }
        for (MachinePeer peer : world.peers) {
            var state = peer.machine.state();
            if (!state.session().digest().equals(first.machine.state().session().digest())) {
                history.found("DIVERGED: " + peer.id + " holds " + state.session().snapshot() + ", " + first.id + " holds "
                        + first.machine.state().session().snapshot());
            }
            if (!peer.machine.repair().inSync() || !peer.machine.outbox().isEmpty()) {
                history.found(peer.id + " does not come to rest: in sync " + peer.machine.repair().inSync() + ", "
                        + peer.machine.outbox().keys() + " keys wait");
            }
            state.budget().byUse().forEach((use, used) -> {
                if (used != 0 && use != Budget.Use.TOMBSTONES && use != Budget.Use.BATCHES) {
                    history.found(peer.id + " counts " + used + " bytes for " + use + " at rest");
                }
            });
            state.inbounds().forEach((member, inbound) -> {
                if (inbound.heldMessages() > 0) {
                    history.found(peer.id + " still holds messages of " + member);
                }
            });
            roster(peer);
            contents(peer, first);
            messages(peer);
        }
    }

    private void roster(MachinePeer peer) {
        Map<Long, Long> seen = new TreeMap<>();
        peer.machine.state().inJoiningOrder().forEach(each ->
                seen.put(each.id(), peer.machine.state().users().of(each.id()).version()));
        Map<Long, Long> there = new TreeMap<>();
        world.peers.forEach(each -> there.put(each.id, each.machine.state().users().of(each.id).version()));
        if (!seen.equals(there)) {
            history.found(peer.id + " sees with user data " + seen + ", there are " + there);
        }
        world.peers.forEach(each -> {
            UserValue theirs = each.machine.state().users().of(each.id);
            if (!Arrays.equals(theirs.bytes(), peer.machine.state().users().of(each.id).bytes())) {
                history.found(peer.id + " has other user data of " + each.id);
            }
        });
    }

    /** What a survivor has ever held is there, or something newer, and was written so. */
    private void contents(MachinePeer peer, MachinePeer first) {
        MachineWitness witness = witnesses.get(peer.id);
        var last = first.machine.state().session();
        witness.newest.forEach((key, seen) -> {
            VersionedValue held = last.entry(key);
            if (held == null ? !history.mayBeGone(key, seen, last.clear()) : seen.stamp().after(held.stamp())) {
                history.found((seen.isTombstone() ? "RESURRECTED: " : "LOST: ") + peer.id + " held " + key + "=" + seen
                        + ", in the end there is " + held);
            }
        });
        last.snapshot().forEach((key, held) -> {
            if (!history.isGenuine(key, held, MachineWitness.text(held))) {
                history.found(key + " was never written so: " + held);
            }
        });
        witness.atTheEnd();
    }

    /** Where nothing is lost each message is heard by whom its sender saw. */
    private void messages(MachinePeer peer) {
        for (int i = 0; calm && i < history.said.size(); i++) {
            Said said = history.said.get(i);
            boolean meant = said.to() == null ? said.audience().contains(peer.id) : said.to() == peer.id;
            if (meant && world.peers.stream().anyMatch(each -> each.id == said.from())
                    && !witnesses.get(peer.id).heard.contains(i)) {
                history.found(peer.id + " did not hear " + said);
            }
        }
    }
}
