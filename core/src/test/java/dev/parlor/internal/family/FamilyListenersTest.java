package dev.parlor.internal.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Change;
import dev.parlor.FamilyChange;
import dev.parlor.FamilyView;
import dev.parlor.Subscription;
import dev.parlor.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners of a family, of a part of it by a condition, and with a pace hear, in a room on one thread. */
class FamilyListenersTest extends VotesInARoom {
    private void note(FamilyChange<?> change) {
        heard.add(change.subKey() + ":" + change.oldValue().map(String::valueOf).orElse("-") + ">"
                + change.newValue().map(String::valueOf).orElse("-"));
    }

    @Test
    void aChangeHasTheSubKeyAndTypedValues() {
        votes.put("ada", 1);
        data.put("vote/bob", "text");
        List<FamilyChange<Integer>> changes = new ArrayList<>();
        Subscription heard = votes.onChange(changes::add);
        votes.put("ada", 2);
        votes.put("bob", 3);
        data.put("vote/bob", "text again");
        data.put("vote/bob", "and again");
        data.put("vote/", 4);
        data.put("other", 4);
        votes.remove("ada");
        lone.pass(0);
        heard.close();
        votes.put("ada", 5);
        lone.pass(0);
        assertThat(changes).extracting(FamilyChange::subKey).containsExactly("ada", "bob", "bob", "ada");
        assertThat(changes).extracting(change -> change.oldValue().orElse(0)).containsExactly(1, 0, 3, 2);
        assertThat(changes).extracting(change -> change.newValue().orElse(0)).containsExactly(2, 3, 0, 0);
        assertThat(changes).allMatch(change -> change.cause() == Change.Cause.LOCAL
                && change.author().id().equals(lone.room().me().id()));
    }

    @Test
    void bindHandsOverTheWholeFamilyOnceAnEvent() {
        votes.put("ada", 1);
        Subscription bound = votes.bind(heard::add);
        assertThat(heard()).containsExactly(Map.of("ada", 1));
        votes.putAll(Map.of("bob", 2, "cy", 3));
        assertThat(heard()).as("a batch").containsExactly(Map.of("ada", 1, "bob", 2, "cy", 3));
        votes.put("ada", 4);
        votes.put("ada", 5);
        votes.remove("cy");
        assertThat(heard()).as("while it was slow").containsExactly(Map.of("ada", 5, "bob", 2));
        data.put("other", 1);
        data.put("vote/text", "not a vote");
        votes.put("ada", 5);
        assertThat(heard()).as("nothing of it has changed").isEmpty();
        bound.close();
        votes.clear();
        assertThat(heard()).isEmpty();
    }

    @Test
    void bindShowsTheNewestWhereManyChangesWait() {
        lone.listenersStand(true);
        votes.bind(all -> heard.add(all.size()));
        data.onChange(change -> {});
        for (int i = 0; i < 2_000; i++) {
            data.put("flood" + i, i);
            votes.put("x", i);
        }
        votes.put("y", 1);
        lone.listenersStand(false);
        assertThat(heard()).containsExactly(2);
    }

    @Test
    void bindShowsAgainWhatWasTakenBackAfterItWasShown() {
        lone.listenersStand(true);
        data.onChangeOfPrefix("flood", change -> {});
        votes.bind(all -> heard.add(all.containsKey("z")));
        data.onChange("trigger", change -> votes.remove("z"));
        data.put("trigger", 1);
        for (int i = 0; i < 1_100; i++) {
            data.put("flood" + i, i);
        }
        // It waits in an item in which it is folded with its removal, after the consumer has seen it.
        votes.put("z", 1);
        lone.listenersStand(false);
        assertThat(heard()).containsExactly(true, false);
    }

    // ---- filters

    @Test
    void aFilterHearsWhatMovesIntoItAndOutOfIt() {
        FamilyView<Integer> high = votes.where(vote -> vote > 10).where(vote -> vote < 100);
        votes.putAll(Map.of("ada", 1, "bob", 20));
        high.onChange(this::note);
        high.bind(all -> heard.add(Map.copyOf(all)));
        assertThat(heard()).containsExactly(Map.of("bob", 20));
        votes.put("ada", 11);
        assertThat(heard()).containsExactly("ada:->11", Map.of("ada", 11, "bob", 20));
        votes.put("ada", 12);
        assertThat(heard()).containsExactly("ada:11>12", Map.of("ada", 12, "bob", 20));
        votes.put("bob", 200);
        assertThat(heard()).containsExactly("bob:20>-", Map.of("ada", 12));
        votes.put("bob", 300);
        votes.put("cy", 3);
        assertThat(heard()).isEmpty();
        votes.remove("ada");
        assertThat(heard()).containsExactly("ada:12>-", Map.of());
        assertThat(high.size()).isZero();
        assertThat(high.isEmpty()).isTrue();
        assertThat(high.get("bob")).isEmpty();
        assertThat(high.containsKey("bob")).isFalse();
        votes.put("dan", 50);
        assertThat(high.asMap()).isEqualTo(Map.of("dan", 50));
        assertThat(high.asMap().firstKey()).isEqualTo("dan");
        assertThat(high.snapshot()).isEqualTo(Map.of("dan", 50));
    }

    @Test
    void aConditionThatThrowsLeavesTheValueOutAndIsToldAsAListenerIs() {
        List<Warning> warnings = new ArrayList<>();
        lone.room().on(Warning.class, warnings::add);
        FamilyView<Integer> odd = votes.where(vote -> 12 / vote > 0);
        odd.bind(all -> heard.add(Map.copyOf(all)));
        assertThat(heard()).containsExactly(Map.of());
        votes.putAll(Map.of("ada", 0, "bob", 2));
        assertThat(heard()).containsExactly(Map.of("bob", 2));
        assertThat(odd.size()).isEqualTo(1);
        assertThat(odd.get("ada")).isEmpty();
        lone.pass(0);
        assertThat(lone.room().stats().listenerFailures()).isEqualTo(3);
        assertThat(warnings).extracting(Warning::kind).containsExactly(Warning.Kind.LISTENER_FAILED);
    }

    // ---- pace

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPacedListenerHearsTheFirstAtOnceAndThenTheNewestOfEach(boolean ofOneKey) {
        votes.put("ada", 1);
        if (ofOneKey) {
            data.onChange(VOTES.key("ada"), Duration.ofMillis(50), change -> heard.add("ada:" + change.oldValue(Integer.class).orElse(0)
                    + ">" + change.newValue(Integer.class).orElse(0)));
        } else {
            votes.onChange(Duration.ofMillis(50), this::note);
        }
        for (int i = 2; i <= 10; i++) {
            votes.put("ada", i);
        }
        assertThat(heard()).containsExactly("ada:1>2");
        lone.pass(49);
        assertThat(heard()).isEmpty();
        lone.pass(1);
        assertThat(heard()).containsExactly("ada:2>10");
        votes.put("ada", 11);
        votes.put("ada", 10);
        lone.pass(200);
        assertThat(heard()).as("back at what was told").isEmpty();
        votes.put("ada", 12);
        assertThat(heard()).containsExactly("ada:10>12");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPacedBindShowsAtMostOnceInSomeTimeAndEndsWithTheNewest(boolean ofOneKey) {
        Subscription bound = ofOneKey ? data.bind(VOTES.key("ada"), Duration.ofMillis(50), vote -> heard.add(vote.orElse(0)))
                : votes.bind(Duration.ofMillis(50), all -> heard.add(all.getOrDefault("ada", 0)));
        assertThat(heard()).containsExactly(0);
        for (int i = 1; i <= 100; i++) {
            votes.put("ada", i);
            lone.pass(1);
        }
        assertThat(heard).containsExactly(50, 100);
        heard.clear();
        lone.pass(200);
        votes.put("ada", 101);
        votes.put("ada", 102);
        assertThat(heard()).containsExactly(102);
        votes.put("ada", 103);
        lone.pass(1);
        bound.close();
        lone.pass(200);
        assertThat(heard()).isEmpty();
    }

    @Test
    void whatThrowsWhenTheTimeIsOverIsNamedAndTheOthersAreTold() {
        votes.onChange(Duration.ofMillis(50), change -> {
            note(change);
            if (change.subKey().equals("ada")) {
                throw new IllegalStateException("on purpose");
            }
        });
        for (int i = 1; i <= 2; i++) {
            votes.putAll(Map.of("ada", i, "bob", i));
            assertThat(heard()).hasSize(i == 1 ? 2 : 0);
        }
        lone.pass(50);
        assertThat(heard()).containsExactlyInAnyOrder("ada:1>2", "bob:1>2");
        assertThat(lone.room().stats().listenerFailures()).isEqualTo(2);
    }
}
