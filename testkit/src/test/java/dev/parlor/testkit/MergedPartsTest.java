package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MergeReport;
import dev.parlor.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The merge reports name each conflict of two to five parts, in whatever order they meet, once, and nothing else. */
class MergedPartsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SETTLED = Duration.ofSeconds(20);
    private static final int KEYS = 8;

    /** A write of a key: when, and what, null for a removal. */
    private record Write(int number, String value) {}

    /** What one part of the room holds. */
    private static final class Part {
        private final List<Room> rooms = new ArrayList<>();
        /** By key its last write, known ones included. */
        private final Map<String, Write> held;
        /** By key all writes that this part has known. */
        private final Map<String, List<Write>> known;

        Part(Map<String, Write> held, Map<String, List<Write>> known) {
            this.held = new TreeMap<>(held);
            this.known = new HashMap<>();
            known.forEach((key, writes) -> this.known.put(key, new ArrayList<>(writes)));
        }

        void wrote(String key, Write write) {
            held.put(key, write);
            known.computeIfAbsent(key, each -> new ArrayList<>()).add(write);
        }
    }

    private final List<MergeReport> reports = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    /** Keys that were written while parts that had met were being compared. */
    private final Set<String> writtenMeanwhile = new TreeSet<>();
    private int writes;

    static Stream<Long> seeds() {
        long first = Long.getLong("parlor.seed", System.nanoTime() % 1_000_000);
        System.out.println("MergedPartsTest: repeat with -Dparlor.seed=" + first);
        return IntStream.range(0, Integer.getInteger("parlor.cases", 40)).mapToObj(i -> first + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachConflictIsToldOnceAndNothingElse(long seed) {
        Random random = new Random(seed);
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, seed)) {
            int count = 2 + random.nextInt(4);
            List<Part> parts = parted(network, random, count);
            for (int i = 4 + random.nextInt(16); i > 0; i--) {
                write(network, parts.get(random.nextInt(count)), random);
            }
            if (random.nextBoolean()) {
                replaceWho(network, parts, random);
            }
            network.advance(SECOND);
            reports.clear();
            meet(network, parts, random);
            network.advance(SETTLED);
            assertThat(told()).as("seed %d: %s", seed, reports).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** What these writes replace may be left out; what is told is true all the same, and told once. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenWhilePartsAreComparedIsNotTakenForLost(long seed) {
        Random random = new Random(seed);
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, seed)) {
            List<Part> parts = parted(network, random, 2 + random.nextInt(4));
            for (int i = random.nextInt(12); i > 0; i--) {
                write(network, parts.get(random.nextInt(parts.size())), random);
            }
            network.advance(SECOND);
            reports.clear();
            for (Room from : network.rooms()) {
                for (Room to : network.rooms()) {
                    network.delay(from, to, Duration.ofMillis(random.nextInt(400)));
                }
            }
            met(parts);
            network.heal();
            network.advance(Duration.ofMillis(1));
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                writeMeanwhile(network, parts.get(random.nextInt(parts.size())), random);
            }
            network.advance(SETTLED);
            assertThat(told()).filteredOn(each -> !isOf(writtenMeanwhile, each)).as("seed %d: %s", seed, reports)
                    .containsExactlyInAnyOrderElementsOf(expected.stream().filter(each -> !isOf(writtenMeanwhile, each)).toList());
            List<String> tooMuch = lost(told());
            lost(expected).forEach(tooMuch::remove);
            assertThat(tooMuch).as("seed %d: %s, written meanwhile: %s", seed, reports, writtenMeanwhile).isEmpty();
        }
    }

    private void writeMeanwhile(ParlorNetwork network, Part part, Random random) {
        Room room = part.rooms.get(random.nextInt(part.rooms.size()));
        String key = "k" + random.nextInt(KEYS);
        switch (random.nextInt(12)) {
            case 0 -> {
                room.sessionData().replace(Map.of(key, "v" + ++writes));
                part.held.keySet().forEach(writtenMeanwhile::add);
            }
            case 1, 2 -> room.sessionData().remove(key);
            default -> room.sessionData().put(key, "v" + ++writes);
        }
        writtenMeanwhile.add(key);
        network.advance(Duration.ofMillis(random.nextInt(100)));
    }

    private static boolean isOf(Set<String> keys, String conflict) {
        return keys.contains(conflict.substring(0, conflict.indexOf(':')));
    }

    /** What was lost of which key, whatever is kept. */
    private static List<String> lost(List<String> conflicts) {
        return new ArrayList<>(conflicts.stream().map(each -> each.replaceAll(":.* for ", "=")).toList());
    }

    /** Rooms that hold the same, in parts that cannot reach each other. */
    private List<Part> parted(ParlorNetwork network, Random random, int count) {
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < count + random.nextInt(3); i++) {
            rooms.add(i > 0 ? network.join("P" + i) : network.join("P0", room -> room.on(MergeReport.class, reports::add)));
        }
        Part all = new Part(Map.of(), Map.of());
        all.rooms.addAll(rooms);
        for (int i = 0; i < KEYS; i++) {
            rooms.get(random.nextInt(rooms.size())).sessionData().put("k" + i, "v" + ++writes);
            all.wrote("k" + i, new Write(writes, "v" + writes));
            network.advance(Duration.ofMillis(100));
        }
        network.advance(SECOND.multipliedBy(3));
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new Part(all.held, all.known));
        }
        for (int i = 0; i < rooms.size(); i++) {
            parts.get(i < count ? i : random.nextInt(count)).rooms.add(rooms.get(i));
        }
        Collections.shuffle(parts.subList(1, count), random);
        cut(network, parts);
        network.advance(SECOND);
        return parts;
    }

    private static void cut(ParlorNetwork network, List<Part> parts) {
        network.partition(parts.stream().map(part -> List.copyOf(part.rooms)).toList());
    }

    private void write(ParlorNetwork network, Part part, Random random) {
        Room room = part.rooms.get(random.nextInt(part.rooms.size()));
        String key = "k" + (1 + random.nextInt(KEYS - 1));
        Write write = new Write(++writes, "v" + writes);
        switch (random.nextInt(8)) {
            case 0 -> {
                if (part.held.get(key).value() != null) {
                    room.sessionData().remove(key);
                    part.wrote(key, new Write(writes, null));
                }
            }
            case 1 -> {
                room.sessionData().merge(Map.of(key, write.value(), "k0", write.value()));
                part.wrote(key, write);
                part.wrote("k0", write);
            }
            default -> {
                room.sessionData().put(key, write.value());
                part.wrote(key, write);
            }
        }
        network.advance(Duration.ofMillis(100));
    }

    /** In one part those who were there at the cut leave, and who has joined since stands for it. */
    private void replaceWho(ParlorNetwork network, List<Part> parts, Random random) {
        Part part = parts.get(1 + random.nextInt(parts.size() - 1));
        // Who is not named in a cut is in its first part.
        List<Part> others = new ArrayList<>(parts);
        others.remove(part);
        others.add(0, part);
        cut(network, others);
        Room joined = network.join("Late");
        part.rooms.add(joined);
        cut(network, parts);
        network.advance(SECOND);
        part.rooms.stream().filter(room -> room != joined).toList().forEach(room -> {
            network.kill(room);
            part.rooms.remove(room);
        });
        network.advance(SECOND);
    }

    /** All at once, or one after the other with writes between. */
    private void meet(ParlorNetwork network, List<Part> parts, Random random) {
        List<Part> left = new ArrayList<>(parts);
        while (left.size() > 1) {
            int count = random.nextBoolean() ? left.size() : 2 + random.nextInt(left.size() - 1);
            List<Part> meeting = new ArrayList<>(left.subList(0, count));
            left.subList(0, count).clear();
            left.add(0, met(meeting));
            if (left.size() == 1) {
                network.heal();
            } else {
                cut(network, left);
            }
            network.advance(SETTLED);
            if (left.size() > 1) {
                write(network, left.get(random.nextInt(left.size())), random);
                network.advance(SECOND);
            }
        }
    }

    private Part met(List<Part> parts) {
        Part all = new Part(Map.of(), Map.of());
        for (Part part : parts) {
            all.rooms.addAll(part.rooms);
            part.held.forEach((key, write) -> all.held.merge(key, write, (one, other) ->
                    one.number() > other.number() ? one : other));
            part.known.forEach((key, known) -> all.known.computeIfAbsent(key, each -> new ArrayList<>()).addAll(known));
        }
        for (Part part : parts) {
            part.held.forEach((key, write) -> {
                Write kept = all.held.get(key);
                boolean old = parts.stream().anyMatch(other -> other != part && !other.held.get(key).equals(write)
                        && other.known.get(key).contains(write));
                if (!kept.equals(write) && !old) {
                    expected.add(key + ": " + kept.value() + " for " + write.value());
                }
            });
        }
        return all;
    }

    private List<String> told() {
        return reports.stream().flatMap(report -> report.conflicts().stream()).map(conflict -> conflict.key() + ": "
                + conflict.kept().value().orElse(null) + " for " + conflict.replaced().value().orElse(null)).toList();
    }

    @Test
    void aClearAndWhatAnotherPartWroteMeanwhileAreAConflict() {
        for (boolean clearFirst : new boolean[] {true, false}) {
            reports.clear();
            try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7)) {
                Room ada = network.join("Ada", room -> room.on(MergeReport.class, reports::add));
                Room bob = network.join("Bob");
                ada.sessionData().merge(Map.of("changed", 1, "kept", 1));
                network.advance(SECOND.multipliedBy(3));
                network.partition(ada, bob);
                network.advance(SECOND);
                Runnable clears = () -> ada.sessionData().replace(Map.of("new", 1));
                Runnable changes = () -> bob.sessionData().put("changed", 2);
                for (Runnable each : clearFirst ? Arrays.asList(clears, changes) : Arrays.asList(changes, clears)) {
                    each.run();
                    network.advance(SECOND);
                }
                network.heal();
                network.advance(SETTLED);
                assertThat(told()).containsExactly(clearFirst ? "changed: 2 for null" : "changed: null for 2");
                assertThat(ada.sessionData().get("changed").isPresent()).isEqualTo(clearFirst);
            }
        }
    }

    @Test
    void aClearIsAConflictWithWhatAnotherPartWroteAfterAClearOfItsOwn() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7)) {
            Room ada = network.join("Ada", room -> room.on(MergeReport.class, reports::add));
            Room bob = network.join("Bob");
            ada.sessionData().merge(Map.of("again", 1, "gone", 1, "mine", 1));
            network.advance(SECOND.multipliedBy(3));
            ada.sessionData().replace(Map.of("again", 2, "gone", 2, "mine", 2));
            network.advance(SECOND.multipliedBy(3));
            network.partition(ada, bob);
            network.advance(SECOND);
            ada.sessionData().replace(Map.of("mine", 3));
            network.advance(SECOND);
            bob.sessionData().replace(Map.of("again", 4));
            network.advance(SECOND);
            network.heal();
            network.advance(SETTLED);
            assertThat(told()).containsExactlyInAnyOrder("again: 4 for null", "mine: null for 3");
            reports.clear();
            network.partition(ada, bob);
            network.advance(SECOND);
            bob.sessionData().replace(Map.of("again", 5, "gone", 5));
            network.advance(SECOND);
            network.heal();
            network.advance(SETTLED);
            assertThat(told()).isEmpty();
        }
    }

    @Test
    void aClearIsAConflictWithWhatComesLongAfterThePartsHaveMet() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7)) {
            Room ada = network.join("Ada", room -> room.on(MergeReport.class, reports::add));
            Room bob = network.join("Bob");
            ada.sessionData().put("k", 1);
            network.advance(SECOND.multipliedBy(3));
            network.partition(ada, bob);
            network.advance(SECOND);
            ada.sessionData().clear();
            network.advance(SECOND);
            bob.sessionData().put("k", 2);
            network.advance(SECOND);
            network.delay(bob, ada, SECOND.dividedBy(2));
            network.heal();
            network.advance(SETTLED);
            assertThat(told()).containsExactly("k: 2 for null");
        }
    }

    @Test
    void whoKnowsAValueAndWritesAnotherBeforeThePartsAreComparedHasNotMissedIt() {
        for (boolean clears : new boolean[] {true, false}) {
            try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7)) {
                Room ada = network.join("Ada", room -> room.on(MergeReport.class, reports::add));
                Room bob = network.join("Bob");
                ada.sessionData().merge(Map.of("k", 0, "other", 0));
                network.advance(SECOND.multipliedBy(3));
                network.partition(ada, bob);
                network.advance(SECOND);
                network.delay(bob, ada, Duration.ofMillis(100));
                network.heal();
                network.advance(Duration.ofMillis(20));
                bob.sessionData().put("other", 1);
                if (clears) {
                    bob.sessionData().clear();
                } else {
                    bob.sessionData().put("k", 2);
                }
                network.advance(SETTLED);
                assertThat(told()).isEmpty();
            }
        }
    }

    @Test
    void whatIsWrittenJustBeforeThePartsMeetIsTold() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7)) {
            Room ada = network.join("Ada", room -> room.on(MergeReport.class, reports::add));
            Room bob = network.join("Bob");
            network.partition(ada, bob);
            network.advance(SECOND);
            ada.sessionData().put("k", 1);
            network.advance(Duration.ofMillis(2));
            bob.sessionData().put("k", 2);
            network.heal();
            network.advance(SETTLED);
            assertThat(told()).containsExactly("k: 2 for 1");
        }
    }

    @Test
    void partsThatMeetAgainBeforeTheReportIsOutAreReportedAll() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 3)) {
            Room ada = network.join("Ada", room -> room.on(MergeReport.class, reports::add));
            Room bob = network.join("Bob");
            Room cleo = network.join("Cleo");
            ada.sessionData().put("k", "base");
            network.advance(SECOND.multipliedBy(3));
            network.partition(ada, bob, cleo);
            network.advance(SECOND);
            for (Room room : List.of(bob, cleo, ada)) {
                room.sessionData().put("k", room.me().name());
                network.advance(SECOND);
            }
            network.partition(List.of(ada, bob), List.of(cleo));
            network.advance(Duration.ofMillis(20));
            network.heal();
            network.advance(SETTLED);
            assertThat(told()).containsExactlyInAnyOrder("k: Ada for Bob", "k: Ada for Cleo");
        }
    }
}
