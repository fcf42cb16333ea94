package dev.parlor.internal.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.SessionData;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionDataViewTest {
    private static final int KEYS = 50;

    private final LoneRoom lone = new LoneRoom();
    private final SessionData data = lone.room().sessionData();
    private final Map<String, Object> view = data.asMap();

    @AfterEach
    void close() {
        lone.close();
    }

    private void unreadable(String key) {
        Backstage.engineOf(lone.room()).state().session()
                .apply(key, VersionedValue.of(new Stamp(1, 2), new byte[] {(byte) 0xff, 1, 2, 3}), null);
    }

    private boolean isDecoded(String key) {
        return Backstage.engineOf(lone.room()).state().session().entry(key).decoded() != null;
    }

    @Test
    void keysAndSizesDecodeNothing() {
        data.merge(Map.of("a", 1, "b", 2));
        data.remove("b");
        assertThat(view.keySet()).containsExactly("a");
        assertThat(view.keySet().contains("a")).isTrue();
        assertThat(view.keySet().stream().toList()).containsExactly("a");
        assertThat(view.keySet().toArray()).containsExactly("a");
        assertThat(view.isEmpty()).isFalse();
        assertThat(view.size()).isEqualTo(1);
        assertThat(view.containsKey("a")).isTrue();
        assertThat(view.containsKey("b")).isFalse();
        assertThat(isDecoded("a")).isFalse();
        assertThat(view.values()).containsExactly(1);
        assertThat(isDecoded("a")).isTrue();
    }

    @Test
    void whatIsReadByACopyIsNotKeptBesideItsBytes() {
        data.put("text", "as long as it is");
        data.put("bytes", new byte[] {1, 2, 3});
        assertThat(data.get("text")).contains("as long as it is");
        assertThat(data.get("bytes", byte[].class)).hasValueSatisfying(bytes -> {
            assertThat(bytes).containsExactly(1, 2, 3);
            bytes[0] = 9;
        });
        assertThat(data.get("bytes", byte[].class)).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2, 3));
        assertThat(isDecoded("text")).isFalse();
        assertThat(isDecoded("bytes")).isFalse();
    }

    @Test
    void valuesThatCannotBeReadAreKeysAndNothingElse() {
        data.put("a", 1);
        unreadable("odd");
        assertThat(view.keySet()).containsExactlyInAnyOrder("a", "odd");
        assertThat(view.size()).isEqualTo(2);
        assertThat(view.containsKey("odd")).isTrue();
        assertThat(view.get("odd")).isNull();
        assertThat(view.getOrDefault("odd", 0)).isEqualTo(0);
        assertThat(view.getOrDefault("a", 0)).isEqualTo(1);
        assertThat(view.getOrDefault("none", 0)).isEqualTo(0);
        assertThat(view.entrySet()).containsExactly(Map.entry("a", 1));
        assertThat(view.entrySet().size()).isEqualTo(1);
        assertThat(view.values()).containsExactly(1);
        assertThat(view).hasToString("{a=1}");
        assertThat(view.equals(Map.of("a", 1))).isFalse();
        assertThat(Map.of("a", 1).equals(view)).isFalse();
        assertThat(new HashMap<>(view)).isEqualTo(Map.of("a", 1));
        assertThat(view.equals(view)).isTrue();
    }

    @Test
    void aViewIsEqualToAMapOfTheSame() {
        data.merge(Map.of("a", 1, "b", List.of("x")));
        Map<String, Object> same = new TreeMap<>(Map.of("a", 1, "b", List.of("x")));
        assertThat(view.equals(same)).isTrue();
        assertThat(same.equals(view)).isTrue();
        assertThat(view.hashCode()).isEqualTo(same.hashCode());
        assertThat(view.keySet()).isEqualTo(Set.of("a", "b"));
        assertThat(view.entrySet()).isEqualTo(same.entrySet());
        assertThat(view.entrySet().contains(Map.entry("a", 1))).isTrue();
        assertThat(view.entrySet().contains(Map.entry("a", 2))).isFalse();
        assertThat(view.equals(Map.of("a", 1))).isFalse();
        assertThat(view.equals("text")).isFalse();
    }

    @Test
    void nothingCanBeWrittenThroughIt() {
        data.put("a", 1);
        List<Runnable> writes = List.of(() -> view.put("b", 2), () -> view.remove("a"), () -> view.remove("b"), view::clear,
                () -> view.keySet().remove("a"), () -> view.keySet().clear(), () -> view.values().remove(1),
                () -> view.entrySet().removeIf(entry -> true), () -> view.keySet().retainAll(Set.of()),
                () -> remove(view.keySet().iterator()), () -> remove(view.entrySet().iterator()),
                () -> view.entrySet().iterator().next().setValue(2), () -> view.replaceAll((key, value) -> 2));
        writes.forEach(write -> assertThatThrownBy(write::run).isInstanceOf(UnsupportedOperationException.class));
        assertThat(view).isEqualTo(Map.of("a", 1));
    }

    private static void remove(java.util.Iterator<?> all) {
        all.next();
        all.remove();
    }

    @Test
    void whateverIsAskedOfItWhileOthersWriteNothingThrows() throws Exception {
        for (int i = 0; i < KEYS; i++) {
            data.put("stays" + i, i);
        }
        AtomicBoolean end = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !end.get(); i++) {
                data.put("vote" + i % 7, i);
                data.remove("vote" + (i + 3) % 7);
            }
        });
        writer.start();
        List<Callable<?>> reads = List.of(
                () -> view.keySet().stream().sorted().toList(),
                () -> view.keySet().stream().map(String::length).toList(),
                () -> view.keySet().parallelStream().sorted().toArray(),
                () -> view.values().stream().map(String::valueOf).sorted().toList(),
                () -> view.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                () -> view.entrySet().parallelStream().map(Map.Entry::getKey).toList(),
                () -> new ArrayList<>(view.values()), () -> new ArrayList<>(view.keySet()), () -> Map.copyOf(view),
                () -> new HashMap<>(view), () -> new TreeMap<>(view), () -> List.copyOf(view.entrySet()),
                () -> view.keySet().toArray(new String[0]), () -> view.values().toArray(), view::hashCode, view::toString,
                () -> view.equals(new HashMap<>(view)), () -> Set.copyOf(view.keySet()), () -> view.keySet().stream().count());
        try {
            for (int round = 0; round < 300; round++) {
                for (Callable<?> read : reads) {
                    assertThat(read.call()).isNotNull();
                }
                assertThat(view.keySet().stream().filter(key -> key.startsWith("stays"))).hasSize(KEYS);
            }
        } finally {
            end.set(true);
            writer.join();
        }
    }
}
