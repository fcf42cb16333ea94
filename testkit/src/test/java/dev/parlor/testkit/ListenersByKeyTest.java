package dev.parlor.testkit;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.SessionData;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Each of many listeners hears what it listens for and nothing else, beside whomever. */
class ListenersByKeyTest {
    /** Of keys and of prefixes; the last is a prefix alone. */
    private static final List<String> TEXTS = List.of("row/1/a", "row/1/b", "row/10/a", "row/2/a", "row/", "row", "other", "");

    /** A listener, what it listens for, and what it has heard since it was last looked at. */
    private record Listening(Predicate<String> keys, List<String> heard, Subscription subscription) {}

    @ParlorTest(network = NetworkKind.VIRTUAL_TIME)
    void eachHearsItsKeysWhoeverElseListens(Room ada, Room bob, ParlorNetwork network) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, Object> values = new TreeMap<>();
        List<Listening> listening = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            if (random.nextInt(4) == 0) {
                listening.add(listen(ada.sessionData(), random.nextInt(20), text));
            } else if (random.nextInt(6) == 0 && !listening.isEmpty()) {
                listening.remove(random.nextInt(listening.size())).subscription().close();
            }
            Map<String, Object> written = new LinkedHashMap<>();
            for (int count = random.nextInt(3) == 0 ? 5 : 1; count > 0; count--) {
                written.put(TEXTS.get(random.nextInt(TEXTS.size() - 1)), random.nextInt(3));
            }
            List<String> changes = new ArrayList<>();
            written.forEach((key, value) -> {
                if (!value.equals(values.put(key, value))) {
                    changes.add(key);
                }
            });
            ada.sessionData().merge(written);
            network.advance(Duration.ofMillis(1));
            for (Listening each : listening) {
                assertThat(each.heard()).as("seed %d, write %d", seed, i)
                        .containsExactlyInAnyOrderElementsOf(changes.stream().filter(each.keys()).toList());
                each.heard().clear();
            }
        }
        assertThat(bob).within(Duration.ofSeconds(10)).hasSessionData("other");
        assertThat(List.of(ada, bob)).eventuallyAgree();
    }

    private static Listening listen(SessionData data, int kind, String text) {
        List<String> heard = new ArrayList<>();
        // Few that hear all: while one of them is there, all changes are queued.
        if (kind == 0) {
            return new Listening(key -> true, heard, data.onChange(change -> heard.add(change.key())));
        }
        if (kind < 8) {
            return new Listening(key -> key.startsWith(text), heard,
                    data.onChangeOfPrefix(text, change -> heard.add(change.key())));
        }
        return new Listening(text::equals, heard, data.onChange(text, change -> heard.add(change.key())));
    }

    @ParlorTest(network = NetworkKind.VIRTUAL_TIME)
    void aTableOfManyValuesShowsTheNewestOfEach(Room ada, Room bob, ParlorNetwork network) {
        int many = 2_000;
        Map<String, Object> shown = new TreeMap<>();
        List<Subscription> bound = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String key = "cell/" + i;
            bound.add(bob.sessionData().bind(key, value -> shown.put(key, value.orElse("nothing"))));
        }
        Map<String, Object> last = new TreeMap<>();
        for (int round = 0; round < 3; round++) {
            for (int i = round; i < many; i += 1 + round) {
                last.put("cell/" + i, "value " + round);
            }
            ada.sessionData().merge(last);
        }
        network.advance(Duration.ofSeconds(5));
        assertThat(shown.equals(last)).as("what is shown is what was written last").isTrue();
        bound.forEach(Subscription::close);
        ada.sessionData().clear();
        network.advance(Duration.ofSeconds(5));
        assertThat(shown.equals(last)).as("nothing is shown after the end of the registration").isTrue();
    }

    @ParlorTest(network = NetworkKind.VIRTUAL_TIME)
    void whatAnotherWroteAsOneIsOneEventBesideListenersForSomeOfIt(Room ada, Room bob, ParlorNetwork network) {
        List<String> keys = new ArrayList<>();
        List<Optional<Integer>> values = new ArrayList<>();
        bob.sessionData().onChange("k500", change -> values.add(change.newValue(Integer.class)));
        bob.sessionData().onChangeOfPrefix("k99", change -> keys.add(change.key()));
        Map<String, Object> batch = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            batch.put("k" + i, i);
        }
        ada.sessionData().merge(batch);
        network.advance(Duration.ofSeconds(5));
        assertThat(values).containsExactly(Optional.of(500));
        assertThat(keys).hasSize(11);
        List<Integer> sizes = new ArrayList<>();
        bob.on(SessionDataChanged.class, event -> sizes.add(event.changes().size()));
        batch.replaceAll((key, value) -> "again");
        ada.sessionData().merge(batch);
        network.advance(Duration.ofSeconds(5));
        assertThat(sizes).containsExactly(1_000);
        assertThat(values).containsExactly(Optional.of(500), Optional.empty());
        assertThat(keys).hasSize(22);
    }
}
