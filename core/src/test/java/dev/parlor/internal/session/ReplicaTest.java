package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import dev.parlor.internal.session.RandomStates.State;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a replica tells of a delta that is applied, and counts of what it holds. */
class ReplicaTest {
    private static final int CASES = 5_000;

    private final Random random = SeededRandom.of(this);
    private final RandomStates states = new RandomStates(random);

    @Test
    void changesTellJustWhatAReaderSees() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(states.state());
            Map<String, VersionedValue> before = replica.snapshot();
            List<SessionChange> changes = SessionChange.listOf(replica.apply(random.nextBoolean() ? states.delta() : states.state()));
            Map<String, VersionedValue> after = replica.snapshot();
            Set<String> changed = new HashSet<>();
            for (SessionChange change : changes) {
                assertThat(changed.add(change.key())).as("each key once").isTrue();
                assertThat(change.before()).isEqualTo(before.get(change.key()));
                assertThat(change.after()).isEqualTo(after.get(change.key()));
            }
            Set<String> keys = new HashSet<>(before.keySet());
            keys.addAll(after.keySet());
            keys.removeIf(key -> before.get(key) == after.get(key));
            assertThat(changed).isEqualTo(keys);
        }
    }

    @Test
    void aKeyNamedTwiceInOneDeltaIsToldOnceWithWhatItHeldBefore() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            replica.apply(states.state());
            Map<String, VersionedValue> before = replica.snapshot();
            List<KeyedValue> twice = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                twice.addAll(states.delta().entries());
            }
            List<SessionChange> changes = SessionChange.listOf(replica.apply(new StateDelta(states.delta().clear(), twice)));
            assertThat(changes).extracting(SessionChange::key).doesNotHaveDuplicates();
            Map<String, VersionedValue> after = replica.snapshot();
            assertThat(changes).allSatisfy(change -> {
                assertThat(change.before()).isEqualTo(before.get(change.key()));
                assertThat(change.after()).isEqualTo(after.get(change.key()));
            });
        }
    }

    @Test
    void oneEntryIsAppliedAsADeltaOfItWouldBe() {
        for (int i = 0; i < CASES; i++) {
            StateDelta state = states.state();
            SessionReplica one = new SessionReplica(), other = new SessionReplica();
            one.apply(state);
            other.apply(state);
            for (KeyedValue entry : states.delta().entries()) {
                VersionedValue held = one.held(entry.key());
                SessionChanges change = SessionChanges.run();
                if (one.apply(entry.key(), entry.value(), held) && !VersionedValue.sameForReaders(held, entry.value())) {
                    change.append(entry.key(), held, entry.value());
                }
                assertThat(SessionChange.listOf(change)).isEqualTo(SessionChange.listOf(other.apply(StateDelta.of(List.of(entry)))));
            }
            assertThat(State.of(one)).isEqualTo(State.of(other));
            assertThat(one.digest()).isEqualTo(other.digest());
        }
    }

    @Test
    void sizesAndBytesAreKeptRight() {
        for (int i = 0; i < CASES; i++) {
            SessionReplica replica = new SessionReplica();
            for (int n = 0; n < 8; n++) {
                replica.apply(states.delta());
            }
            Map<String, VersionedValue> live = replica.snapshot();
            assertThat(replica.size()).isEqualTo(live.size());
            assertThat(replica.liveBytes()).isEqualTo(live.entrySet().stream()
                    .mapToLong(entry -> Tally.costOf(entry.getKey(), entry.getValue().bytes())).sum());
            assertThat(replica.tombstones()).isEqualTo(State.of(replica).entries().size() - live.size());
        }
    }
}
