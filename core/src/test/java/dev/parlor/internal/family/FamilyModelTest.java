package dev.parlor.internal.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Family;
import dev.parlor.FamilyChange;
import dev.parlor.FamilyView;
import dev.parlor.KeyFamily;
import dev.parlor.SeededRandom;
import dev.parlor.SessionData;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is seen and heard of families in a room in which two write by chance, beside a filter over the whole map. */
class FamilyModelTest {
    private static final int ROOMS = 30;
    private static final int STEPS = 150;
    private static final long BEN = 2;
    private static final Duration PACE = Duration.ofMillis(50);

    private final Random random = SeededRandom.of(this);
    private long frames;
    private long writes;

    /** A view with all that its listeners were told. */
    private final class Watched {
        private final String prefix;
        private final Predicate<Integer> condition;
        private final FamilyView<Integer> view;
        private final NavigableMap<String, Integer> live;
        private final Map<String, Integer> told = new HashMap<>();
        private final Map<String, Integer> toldPaced = new HashMap<>();
        private Map<String, Integer> bound = Map.of();
        private Map<String, Integer> boundPaced = Map.of();
        private int calls;

        Watched(FamilyView<Integer> view, String prefix, Predicate<Integer> condition) {
            this.prefix = prefix;
            this.condition = condition;
            this.view = view;
            this.live = view.asMap();
            told.putAll(view.snapshot());
            toldPaced.putAll(view.snapshot());
            view.onChange(change -> note(change, told));
            view.onChange(PACE, change -> note(change, toldPaced));
            view.bind(all -> {
                assertThat(calls++ == 0 || !bound.equals(all)).as("no call for nothing").isTrue();
                bound = all;
            });
            view.bind(PACE, all -> boundPaced = all);
        }

        private void note(FamilyChange<Integer> change, Map<String, Integer> into) {
            Integer before = into.remove(change.subKey());
            assertThat(change.oldValue()).isEqualTo(java.util.Optional.ofNullable(before));
            change.newValue().ifPresent(value -> into.put(change.subKey(), value));
        }

        private TreeMap<String, Integer> expected(Map<String, Object> all) {
            TreeMap<String, Integer> expected = new TreeMap<>();
            all.forEach((key, value) -> {
                if (key.startsWith(prefix) && key.length() > prefix.length() && value instanceof Integer number
                        && condition.test(number)) {
                    expected.put(key.substring(prefix.length()), number);
                }
            });
            return expected;
        }

        void check(SessionData data) {
            TreeMap<String, Integer> expected = expected(data.snapshot());
            assertThat(List.copyOf(live.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
            assertThat(List.copyOf(live.descendingMap().keySet())).isEqualTo(List.copyOf(expected.descendingKeySet()));
            assertThat(List.copyOf(view.snapshot().entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
            assertThat(view.size()).isEqualTo(expected.size());
            assertThat(view.isEmpty()).isEqualTo(expected.isEmpty());
            String some = key();
            assertThat(view.get(some)).isEqualTo(java.util.Optional.ofNullable(expected.get(some)));
            assertThat(live.get(some)).isEqualTo(expected.get(some));
            assertThat(live.floorEntry(some)).isEqualTo(expected.floorEntry(some));
            assertThat(live.higherEntry(some)).isEqualTo(expected.higherEntry(some));
            assertThat(live.headMap(some, true)).isEqualTo(expected.headMap(some, true));
            assertThat(live.tailMap(some, false).descendingMap().keySet()).containsExactlyElementsOf(
                    expected.tailMap(some, false).descendingKeySet());
        }

        void checkTold(SessionData data) {
            TreeMap<String, Integer> expected = expected(data.snapshot());
            assertThat(told).isEqualTo(expected);
            assertThat(bound).isEqualTo(expected);
        }

        void checkPaced(SessionData data) {
            TreeMap<String, Integer> expected = expected(data.snapshot());
            assertThat(toldPaced).isEqualTo(expected);
            assertThat(boundPaced).isEqualTo(expected);
        }
    }

    @Test
    void viewsAndListenersAgreeWithAFilterOverTheWholeMap() {
        for (int round = 0; round < ROOMS; round++) {
            try (LoneRoom lone = new LoneRoom()) {
                frames = 1;
                writes = 1;
                play(lone);
            }
        }
    }

    private void play(LoneRoom lone) {
        SessionData data = lone.room().sessionData();
        lone.members(BEN);
        lone.comes(BEN, true, frames++, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("hi")),
                LoneRoom.BEGIN_MILLIS, -1));
        lone.pass(0);
        List<Watched> all = new ArrayList<>();
        boolean stands = false;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(12) == 0 && all.size() < 8) {
                all.add(watched(data));
            }
            write(lone, data);
            if (random.nextInt(6) == 0) {
                stands = random.nextBoolean();
                lone.listenersStand(stands);
            }
            all.forEach(each -> each.check(data));
            lone.pass(random.nextInt(20));
            if (!stands) {
                all.forEach(each -> each.checkTold(data));
            }
        }
        lone.listenersStand(false);
        lone.pass(2 * PACE.toMillis() + 2);
        all.forEach(each -> each.checkTold(data));
        all.forEach(each -> each.checkPaced(data));
        assertThat(lone.room().stats().listenerFailures()).isZero();
    }

    private Watched watched(SessionData data) {
        String prefix = List.of("a/", "a/b/", "b").get(random.nextInt(3));
        Family<Integer> family = data.family(KeyFamily.of(prefix, Integer.class));
        return random.nextBoolean() ? new Watched(family, prefix, any -> true)
                : new Watched(family.where(value -> value % 2 == 0), prefix, value -> value % 2 == 0);
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            key.append(List.of("a/", "b/", "a", "b").get(random.nextInt(4)));
        }
        return key.toString();
    }

    private Object value() {
        return random.nextInt(5) == 0 ? "text" : random.nextInt(4);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            values.put(key(), value());
        }
        return values;
    }

    private void write(LoneRoom lone, SessionData data) {
        switch (random.nextInt(12)) {
            case 0 -> data.remove(key());
            case 1 -> data.merge(values());
            case 2 -> data.update(batch -> {
                batch.put(key(), value());
                batch.remove(key());
            });
            case 3 -> data.family(KeyFamily.of("b", Integer.class)).put(key(), random.nextInt(4));
            case 4 -> {
                switch (random.nextInt(6)) {
                    case 0 -> data.clear();
                    case 1 -> data.replace(values());
                    case 2 -> data.family(KeyFamily.of("a/", Integer.class)).clear();
                    case 3 -> data.family(KeyFamily.of("a/", Integer.class)).putAll(Map.of("x", 1, "y", 2));
                    default -> lone.pass(1);
                }
            }
            case 5, 6, 7 -> benWrites(lone);
            default -> data.put(key(), value());
        }
    }

    /** Some of what he writes is older than what is here, and loses. */
    private void benWrites(LoneRoom lone) {
        boolean late = random.nextInt(3) == 0;
        long time = ((lone.nowMillis() - (late ? 20 : 0)) << Stamp.COUNTER_BITS) + 1_000 + writes++;
        Set<String> keys = new HashSet<>();
        List<StateDelta.KeyedValue> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = key();
            if (keys.add(key)) {
                entries.add(new StateDelta.KeyedValue(key, random.nextInt(4) == 0
                        ? VersionedValue.tombstone(time, Authorship.of(BEN, 0))
                        : VersionedValue.of(time, Authorship.of(BEN, 0), SimPeer.encoded(value()))));
            }
        }
        lone.comes(BEN, true, frames++, new Frame.Update(new StateDelta(random.nextInt(10) == 0 ? new Stamp(time, BEN) : Stamp.ZERO,
                entries, List.of()), 1, Map.of(), List.of()));
    }
}
