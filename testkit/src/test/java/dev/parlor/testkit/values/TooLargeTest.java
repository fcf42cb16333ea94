package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Limits;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.RequestException;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is far too large is refused as what is a little too large: with the limit, before anything changed, in bounded memory. */
class TooLargeTest {
    private static final int MIB = 1 << 20;

    record Box(Object value) {}

    private static Object nested() {
        Object nested = List.of(1);
        for (int i = 0; i < 40; i++) {
            nested = List.of(nested, nested);
        }
        return nested;
    }

    /** Each has 10 MiB or more as encoded, some of them without end. */
    private static Map<String, Object> far() {
        BitSet bits = new BitSet();
        bits.set(160 * MIB);
        List<Object> queue = new ArrayList<>(Collections.nCopies(MIB, "a"));
        String text = "x".repeat(20 * MIB);
        return Map.ofEntries(Map.entry("bytes", new byte[20 * MIB]), Map.entry("ints", new int[10 * MIB]),
                Map.entry("booleans", new boolean[20 * MIB]), Map.entry("text", text), Map.entry("chars", text.toCharArray()),
                Map.entry("list", Collections.nCopies(Integer.MAX_VALUE, 1)), Map.entry("list of texts", Collections.nCopies(1_000, text)),
                Map.entry("nested", nested()), Map.entry("bits", bits), Map.entry("number", BigInteger.ONE.shiftLeft(160 * MIB)),
                Map.entry("decimal", new BigDecimal(BigInteger.ONE.shiftLeft(160 * MIB))), Map.entry("map", Map.of("k", text)),
                Map.entry("queue", new ArrayDeque<>(queue)), Map.entry("array", new String[10 * MIB]),
                Map.entry("arrays", new byte[20][MIB]), Map.entry("sizes", sized(Integer.MAX_VALUE)));
    }

    /** A map that would take all memory if it were copied. */
    private static Map<Integer, Integer> sized(int size) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<Integer, Integer>> entrySet() {
                throw new AssertionError("was to be copied");
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Test
    void whatIsFarTooLargeIsRefusedInBoundedMemory() throws Exception {
        Map<String, Object> far = far();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada", b -> b.types(Box.class));
            room.onRequest(String.class, (name, from) -> far.get(name));
            for (Map.Entry<String, Object> each : far.entrySet()) {
                Object value = each.getValue();
                for (Object form : List.of(value, List.of(1, value), new Box(value))) {
                    refused(each.getKey(), "valueBytes", () -> room.sessionData().put("k", form));
                }
                refused(each.getKey(), "valueBytes", () -> room.sessionData().merge(Map.of("k", value)));
                refused(each.getKey(), "valueBytes", () -> room.sessionData().replace(Map.of("k", value)));
                refused(each.getKey(), "valueBytes", () -> room.sessionData().update(batch -> batch.put("k", value)));
                refused(each.getKey(), "userDataBytes", () -> room.setUserData(value));
                refused(each.getKey(), "messageBytes", () -> room.send(value));
                refused(each.getKey(), "messageBytes", () -> room.request(value, room.me(), String.class, Duration.ofSeconds(1)));
                assertThatThrownBy(() -> room.request(each.getKey(), room.me(), Object.class, Duration.ofSeconds(20)).get())
                        .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(RequestException.class)
                        .hasMessageContaining("messageBytes");
            }
            assertThat(room.sessionData().size()).isZero();
            room.sessionData().put("k", 1);
            assertThat(room.sessionData().get("k")).contains(1);
        }
    }

    /** These hash nothing of what is in them, which refers to one list 2^40 times. */
    @Test
    void keysThatAreTooLargeAreRefusedBeforeTheyAreLookedThrough() {
        Object nested = nested();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada");
            for (Object value : new Object[] {Collections.singleton(nested), Set.of(nested), Collections.singletonMap(nested, 1),
                Map.of(nested, 1), Map.of(Map.entry(nested, nested), 1)}) {
                refused("keys", "valueBytes", () -> room.sessionData().put("k", value));
            }
        }
    }

    private static void refused(String what, String limit, ThrowingCallable action) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(action).as(what).isInstanceOfSatisfying(PayloadTooLargeException.class, e ->
                assertThat(e.bytes()).isGreaterThan(e.limitBytes())).hasMessageContaining("Limits." + limit);
        // The buffer doubles up to the limit of 1 MiB; of 2^40 lists half a million are gone through, each copied for a moment.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as(what).isLessThan(48L * MIB);
    }

    @Test
    void aBatchIsRefusedWhenTheRoomsLimitIsReached() {
        AtomicInteger encoded = new AtomicInteger();
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room room = network.join("Ada", b -> b.limits(Limits.defaults().withSessionDataBytes(4 * MIB)));
            byte[] value = new byte[MIB / 2];
            Map<String, Object> endless = new AbstractMap<>() {
                @Override
                public Set<Entry<String, Object>> entrySet() {
                    throw new AssertionError("is gone through by forEach");
                }

                @Override
                public void forEach(java.util.function.BiConsumer<? super String, ? super Object> action) {
                    while (true) {
                        action.accept("k" + encoded.incrementAndGet(), value);
                    }
                }
            };
            for (Consumer<Room> write : List.<Consumer<Room>>of(r -> r.sessionData().merge(endless), r -> r.sessionData().replace(endless),
                    r -> r.sessionData().update(batch -> endless.forEach(batch::put)))) {
                encoded.set(0);
                assertThatThrownBy(() -> write.accept(room)).isInstanceOf(PayloadTooLargeException.class)
                        .hasMessageContaining("sessionDataBytes");
                assertThat(encoded.get()).isEqualTo(8);
            }
            assertThat(room.sessionData().size()).isZero();
            room.sessionData().update(batch -> {
                for (int i = 0; i < 100; i++) {
                    batch.put("same", value);
                }
            });
            assertThat(room.sessionData().size()).isEqualTo(1);
        }
    }

    /** Others may have another limit: what is there may be overwritten by what is no larger. */
    @Test
    void aRoomThatHoldsMoreThanTheLimitMayBeOverwritten() {
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob", b -> b.limits(Limits.defaults().withSessionDataBytes(1_000)));
            Map<String, Object> large = Map.of("a", new byte[1_000], "b", new byte[1_000]);
            ada.sessionData().merge(large);
            ada.flush(Duration.ofSeconds(10));
            bob.sessionData().merge(large);
            assertThatThrownBy(() -> bob.sessionData().put("c", 1)).isInstanceOf(PayloadTooLargeException.class);
            assertThatThrownBy(() -> bob.sessionData().replace(large)).isInstanceOf(PayloadTooLargeException.class);
        }
    }

    @Test
    void sizesAreBytes() {
        List<String> keys = List.of("a", "\u00e4", "\u5b57".repeat(100), "\uD83D\uDE00x", "\u07FF\u0800");
        try (ParlorNetwork network = ParlorNetwork.create()) {
            Room ada = network.join("Ada");
            Room bob = network.join("Bob");
            long expected = 0;
            for (String key : keys) {
                long before = ada.stats().sessionDataBytes();
                ada.sessionData().put(key, "x");
                assertThat(ada.stats().sessionDataBytes() - before - key.getBytes(StandardCharsets.UTF_8).length).as(key)
                        .isEqualTo(2 + 1);
                ada.sessionData().put(key, "xyz");
                ada.sessionData().put(key, "x");
                expected = ada.stats().sessionDataBytes();
            }
            ada.flush(Duration.ofSeconds(10));
            assertThat(bob.stats().sessionDataBytes()).isEqualTo(expected);
            keys.forEach(ada.sessionData()::remove);
            assertThat(ada.stats().sessionDataBytes()).isZero();
        }
        for (String key : List.of("a".repeat(191), "\u5b57".repeat(191), "\u00e4".repeat(190), "\uD83D\uDE00".repeat(90))) {
            int bytes = key.getBytes(StandardCharsets.UTF_8).length + 3 + 1;
            try (ParlorNetwork network = ParlorNetwork.create()) {
                Room room = network.join("Ada", b -> b.limits(Limits.defaults().withSessionDataBytes(bytes * 10L)));
                for (int i = 0; i < 10; i++) {
                    room.sessionData().put(key + i, "ab");
                }
                assertThatThrownBy(() -> room.sessionData().put(key + "x", "ab")).isInstanceOf(PayloadTooLargeException.class);
                assertThatThrownBy(() -> room.sessionData().merge(Map.of(key + "x", "ab"))).isInstanceOf(PayloadTooLargeException.class);
                room.sessionData().put(key + 1, "cd");
                assertThatThrownBy(() -> room.sessionData().put(key + 1, "cde")).isInstanceOf(PayloadTooLargeException.class);
            }
        }
    }
}
