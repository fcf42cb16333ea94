package dev.parlor.internal.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Family;
import dev.parlor.KeyFamily;
import dev.parlor.SessionData;
import dev.parlor.internal.engine.LoneRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Families that are read, and asked for the first time, on several threads while another one writes. */
class FamilyReadersTest {
    private static final int STAYING = 40;
    private static final int ROUNDS = 1_500;

    private final LoneRoom lone = new LoneRoom();
    private final SessionData data = lone.room().sessionData();
    private final Family<Integer> votes = data.family(KeyFamily.of("vote/", Integer.class));
    private final ExecutorService readers = Executors.newFixedThreadPool(3);
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void close() throws InterruptedException {
        done.set(true);
        readers.shutdown();
        assertThat(readers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        lone.close();
    }

    private void write() {
        for (int i = 0; i < ROUNDS; i++) {
            data.put("vote/m/" + i % 17, i);
            data.remove("vote/m/" + (i + 5) % 17);
            votes.putAll(Map.of("pair/x", i, "pair/y", i));
            data.put("other/" + i % 50, i);
            if (i % 10 == 0) {
                data.family(KeyFamily.of("vote/m/", Integer.class)).clear();
            }
            if (i % 100 == 0) {
                votes.clear();
                stay();
            }
        }
    }

    private void stay() {
        data.update(batch -> {
            for (int i = 0; i < STAYING; i++) {
                batch.put("stays/" + i, i);
            }
        });
    }

    private void iterate() {
        NavigableMap<String, Integer> live = votes.asMap();
        NavigableMap<String, Integer> staying = data.family(KeyFamily.of("stays/", Integer.class)).asMap();
        while (!done.get()) {
            List<String> met = new ArrayList<>();
            live.forEach((subKey, value) -> met.add(subKey));
            assertThat(met).isSorted().doesNotHaveDuplicates();
            assertThat(live.descendingMap().keySet().stream().toList()).doesNotHaveDuplicates();
            assertThat(Map.copyOf(live)).isNotNull();
            assertThat(live.toString()).isNotEmpty();
            assertThat(staying.keySet().stream().toList()).as("what nobody removes is always met").hasSize(STAYING);
            Map<String, Integer> moment = votes.snapshot();
            assertThat(moment.get("pair/x")).as("a batch is seen whole").isEqualTo(moment.get("pair/y"));
            Integer before = live.get("pair/x");
            Integer after = live.get("pair/y");
            assertThat(before == null || after == null || after >= before).as("nor is one key read before the batch of another").isTrue();
            assertThat(votes.size()).isLessThanOrEqualTo(19);
        }
    }

    @Test
    void readersMeetEachKeyOnceInOrderWhileOthersWrite() throws Exception {
        stay();
        List<Future<?>> reading = List.of(readers.submit(this::iterate), readers.submit(this::iterate));
        write();
        done.set(true);
        for (Future<?> each : reading) {
            each.get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void anIndexThatIsMadeAmidWritesMissesNothing() throws Exception {
        for (int round = 0; round < 60; round++) {
            String prefix = "room" + round + "/";
            for (int i = 0; i < 2_000; i++) {
                data.put(prefix + "old" + i, i);
            }
            Future<NavigableMap<String, Integer>> asked = readers.submit(() -> data.family(KeyFamily.of(prefix, Integer.class)).asMap());
            // Each key once: what an index misses, no later write mends.
            for (int i = 0; i < 2_000; i++) {
                data.remove(prefix + "old" + i);
                data.put(prefix + "new" + i, i);
            }
            TreeMap<String, Object> expected = new TreeMap<>();
            data.asMap().forEach((key, value) -> {
                if (key.startsWith(prefix) && key.length() > prefix.length()) {
                    expected.put(key.substring(prefix.length()), value);
                }
            });
            assertThat(asked.get(1, TimeUnit.MINUTES)).isEqualTo(expected);
        }
    }
}
