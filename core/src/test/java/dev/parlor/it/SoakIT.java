package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessagesDroppedException;
import dev.parlor.Room;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A program with little memory whose listeners stand still, in a room in which others write and say all that can be, up to a
 * megabyte at once. It stays alive, and catches up when its listeners go on. Longer with {@code -Dsoak.seconds=3600}.
 */
class SoakIT {
    private static final long SECONDS = Long.getLong("soak.seconds", 8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MIB = 1 << 20;
    /** The largest that {@code Limits} allows, less its wrapping. */
    private static final int LARGEST_BYTES = MIB - 64;

    @Test
    void aProgramOfLittleMemoryOutlivesListenersThatStandStill() {
        long seed = Long.getLong("parlor.seed", System.nanoTime());
        System.out.println("SoakIT: repeat with -Dparlor.seed=" + seed);
        String name = "soak-" + UUID.randomUUID();
        try (Jvm small = Jvm.withOptions(List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"), SoakPeer.class, name);
                Room ada = Room.named(name).as("Ada").join(); Room bob = Room.named(name).as("Bob").join()) {
            small.await("JOINED");
            ada.awaitParticipants(3, PATIENCE);
            bob.awaitParticipants(3, PATIENCE);
            small.ask("stand");
            write(new Random(seed), List.of(ada, bob));
            small.say("stats");
            String stats = small.await("re:stats");
            assertThat(small.isAlive()).isTrue();
            small.ask("go on");
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                assertThat(ada.stats().digest()).isEqualTo(bob.stats().digest());
                assertThat(small.ask("digest")).isEqualTo(Long.toString(ada.stats().digest()));
                assertThat(small.ask("seen")).as("what its listeners have been told; it stood at " + stats)
                        .isEqualTo(Integer.toString(ada.sessionData().asMap().size()));
            });
            assertThat(small.seen()).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }

    private static void write(Random random, List<Room> rooms) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int i = 0; System.nanoTime() < end; i++) {
            Room room = rooms.get(i % rooms.size());
            int kind = random.nextInt(100);
            if (kind < 40) {
                room.sessionData().put("small/" + random.nextInt(200), i);
            } else if (kind < 55) {
                room.sessionData().put("large/" + random.nextInt(12), new byte[random.nextInt(LARGEST_BYTES)]);
            } else if (kind < 65) {
                Map<String, Object> model = new HashMap<>();
                for (int k = 0; k < 300; k++) {
                    model.put("model/" + k, i);
                }
                room.sessionData().merge(model);
            } else if (kind < 75) {
                room.sessionData().put("event/" + i, i);
                room.sessionData().remove("event/" + i);
            } else if (kind < 76) {
                room.sessionData().replace(Map.of("small/0", i, "large/0", new byte[random.nextInt(LARGEST_BYTES)]));
            } else if (kind < 90) {
                room.send("line " + i);
            } else if (kind < 93) {
                room.send(new byte[random.nextInt(LARGEST_BYTES)]);
            } else {
                room.setUserData(new byte[random.nextInt(60_000)]);
            }
            if (i % 50 == 0) {
                try {
                    room.flush(PATIENCE);
                } catch (MessagesDroppedException told) {
                    assertThat(told.dropped()).containsOnlyKeys("small");
                }
            }
        }
    }
}
