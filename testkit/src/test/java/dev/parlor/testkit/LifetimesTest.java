package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Change;
import dev.parlor.Entry;
import dev.parlor.InvalidArgumentException;
import dev.parlor.KeyFamily;
import dev.parlor.Lifetime;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.SessionData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lives for a time or while its author is present, and start values, through partitions, kills, late joins and clock jumps. */
class LifetimesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SETTLED = Duration.ofSeconds(20);
    private static final Duration RETENTION = Duration.ofMinutes(2);

    private final ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7);

    @AfterEach
    void close() {
        network.close();
    }

    private Room join(String name) {
        return network.join(name, options -> options.retention(RETENTION));
    }

    private static SessionData data(Room room) {
        return room.sessionData();
    }

    private static List<String> heard(Room room) {
        List<String> heard = new ArrayList<>();
        data(room).onChange(change -> heard.add(change.key() + " " + text(change) + " " + change.cause() + " by " + change.author().name()));
        room.on(ParticipantLeft.class, left -> heard.add(left.participant().name() + " left"));
        return heard;
    }

    private static String text(Change change) {
        return change.oldValue().orElse("-") + ">" + change.newValue().orElse("-");
    }

    private static void assertGone(Room room, String key) {
        assertThat(data(room).get(key)).as("%s of %s", key, room).isEmpty();
        assertThat(data(room).entry(key)).isEmpty();
        assertThat(data(room).containsKey(key)).isFalse();
        assertThat(data(room).asMap()).doesNotContainKey(key);
        assertThat(data(room).asMap().keySet()).doesNotContain(key);
        assertThat(data(room).asMap().size()).isEqualTo(data(room).asMap().keySet().stream().toList().size());
        assertThat(data(room).snapshot()).doesNotContainKey(key);
    }

    @Test
    void anEntryEndsWithItsTimeEverywhereAndIsTold() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        List<String> heard = heard(ben);
        data(ada).put("wave", "hello", Lifetime.of(SECOND.multipliedBy(5)));
        network.advance(SECOND);
        Entry entry = data(ben).entry("wave").orElseThrow();
        assertThat(entry.lifetime()).contains(Lifetime.of(SECOND.multipliedBy(5)));
        assertThat(entry.left().orElseThrow()).isBetween(Duration.ofMillis(3_500), Duration.ofMillis(4_100));
        assertThat(data(ben).size()).isEqualTo(1);
        network.advance(SECOND.multipliedBy(5));
        for (Room room : List.of(ada, ben, join("Cem"))) {
            assertGone(room, "wave");
            assertThat(data(room).size()).isZero();
        }
        network.advance(SECOND);
        assertThat(heard).containsExactly("wave ->hello REMOTE by Ada", "wave hello>- EXPIRED by Ada");
    }

    @Test
    void aFurtherPutBeginsItAnewAndAnEqualOneIsNoChange() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        List<String> heard = heard(ben);
        for (int i = 0; i < 6; i++) {
            data(ada).put("beat", "alive", Lifetime.of(SECOND.multipliedBy(2)));
            network.advance(SECOND);
        }
        assertThat(data(ben).get("beat")).contains("alive");
        network.advance(SECOND.multipliedBy(3));
        assertGone(ben, "beat");
        data(ben).put("beat", "stays");
        network.advance(SECOND.multipliedBy(10));
        assertThat(data(ada).get("beat")).contains("stays");
        assertThat(data(ada).entry("beat").orElseThrow().lifetime()).isEmpty();
        assertThat(heard).containsExactly("beat ->alive REMOTE by Ada", "beat alive>- EXPIRED by Ada", "beat ->stays LOCAL by Ben");
    }

    @Test
    void whatAParticipantPutWhilePresentGoesWithIt() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        Room cem = join("Cem");
        List<String> heard = heard(cem);
        data(ada).put("edits/3", "Ada", Lifetime.whilePresent());
        data(ada).update(batch -> batch.put("edits/4", "Ada", Lifetime.whilePresent()).put("text", "kept"));
        network.advance(SECOND);
        assertThat(data(cem).size()).isEqualTo(3);
        network.kill(ada);
        network.advance(SETTLED);
        for (Room room : List.of(ben, cem, join("Dan"))) {
            assertGone(room, "edits/3");
            assertGone(room, "edits/4");
            assertThat(data(room).get("text")).contains("kept");
            assertThat(data(room).size()).isEqualTo(1);
        }
        assertThat(heard).hasSize(6);
        assertThat(heard.get(3)).isEqualTo("Ada left");
        assertThat(heard.subList(4, 6)).containsExactlyInAnyOrder("edits/3 Ada>- AUTHOR_LEFT by Ada", "edits/4 Ada>- AUTHOR_LEFT by Ada");
    }

    @Test
    void itIsSeenWhereItsAuthorIsAndByAllAgainAfterwards() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        List<String> heard = heard(ben);
        data(ada).put("edits/3", "Ada", Lifetime.whilePresent());
        network.advance(SECOND);
        network.partition(List.of(ada), List.of(ben));
        network.advance(SETTLED);
        assertThat(data(ada).get("edits/3")).contains("Ada");
        assertGone(ben, "edits/3");
        Room cem = join("Cem");
        network.heal();
        network.advance(SETTLED);
        for (Room room : List.of(ada, ben, cem)) {
            assertThat(data(room).get("edits/3")).as(room.toString()).contains("Ada");
        }
        assertThat(heard).containsExactly("edits/3 ->Ada REMOTE by Ada", "Ada left", "edits/3 Ada>- AUTHOR_LEFT by Ada", "edits/3 ->Ada SYNC by Ada");
    }

    @Test
    void whatHasEndedIsRemovedByTheHostAndCostsNobodyAMessageBefore() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        for (int i = 0; i < 50; i++) {
            data(ben).put("wave/" + i, i, Lifetime.of(SECOND));
        }
        data(ben).put("edits", "Ben", Lifetime.whilePresent());
        network.advance(SETTLED);
        assertThat(ada.stats().sessionDataBytes()).isPositive();
        assertThat(ada.stats().tombstones()).isZero();
        network.advance(SECOND.multipliedBy(20));
        assertThat(ada.stats().tombstones()).isEqualTo(50);
        ben.close();
        network.advance(RETENTION.plus(SETTLED));
        assertThat(ada.stats().sessionDataBytes()).isZero();
    }

    @Test
    void aRenewalInAnotherPartIsNewerThanItsRemoval() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        data(ben).put("beat", 1, Lifetime.of(SECOND.multipliedBy(40)));
        network.advance(SECOND);
        network.partition(List.of(ada), List.of(ben));
        network.advance(SECOND.multipliedBy(30));
        data(ben).put("beat", 2, Lifetime.of(Duration.ofMinutes(10)));
        // Here it ends, and is removed.
        network.advance(SECOND.multipliedBy(60));
        assertThat(ada.stats().tombstones()).isEqualTo(1);
        network.heal();
        network.advance(SETTLED);
        assertThat(data(ada).get("beat")).contains(2);
        assertThat(data(ben).get("beat")).contains(2);
    }

    @Test
    void aStoppedOrLeapingProgramGoesByTheRoomsTime() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        data(ada).put("wave", "hello", Lifetime.of(SECOND.multipliedBy(10)));
        network.advance(SECOND);
        network.skewClock(ben, Duration.ofHours(1));
        network.advance(SECOND.multipliedBy(2));
        assertThat(data(ben).get("wave")).contains("hello");
        network.pause(ben);
        network.advance(SECOND.multipliedBy(4));
        network.resume(ben);
        network.advance(SECOND);
        assertThat(data(ben).get("wave")).contains("hello");
        network.pause(ben);
        network.advance(SECOND.multipliedBy(4));
        network.resume(ben);
        network.advance(SECOND);
        assertGone(ben, "wave");
    }

    @Test
    void aStartValueLosesToWhateverWasOrWillBe() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        assertThat(data(ada).putDefault("title", "Untitled")).isTrue();
        assertThat(data(ada).putDefault("title", "Another")).isFalse();
        network.advance(SECOND);
        assertThat(data(ben).get("title")).contains("Untitled");
        data(ben).put("title", "Plan");
        network.advance(SECOND);
        assertThat(data(ada).putDefault("title", "Untitled")).isFalse();
        data(ada).remove("title");
        network.advance(SECOND);
        assertThat(data(ben).putDefaults(Map.of("title", "Untitled", "colour", "blue"))).containsExactly("colour");
        network.advance(SECOND);
        assertThat(data(ada).get("title")).isEmpty();
        assertThat(data(ada).get("colour")).contains("blue");
    }

    @Test
    void aStartValueOfAnotherPartLosesToAnEarlierWrite() {
        Room ada = join("Ada");
        Room ben = join("Ben");
        network.partition(List.of(ada), List.of(ben));
        network.advance(SETTLED);
        data(ada).put("title", "Plan");
        data(ada).put("gone", "x");
        data(ada).remove("gone");
        network.advance(SETTLED);
        assertThat(data(ben).putDefault("title", "Untitled")).isTrue();
        assertThat(data(ben).putDefault("gone", "back")).isTrue();
        assertThat(data(ben).putDefault("new", "ben")).isTrue();
        assertThat(data(ada).putDefault("new", "ada")).isTrue();
        network.heal();
        network.advance(SETTLED);
        for (Room room : List.of(ada, ben)) {
            assertThat(data(room).get("title")).contains("Plan");
            assertThat(data(room).get("gone")).isEmpty();
        }
        Optional<Object> one = data(ada).get("new");
        assertThat(one).isPresent().isEqualTo(data(ben).get("new"));
    }

    @Test
    void aFamilyShowsWhatIsThereAndIsToldWhatGoes() {
        KeyFamily<String> typing = KeyFamily.of("typing/", String.class).living(Lifetime.whilePresent());
        KeyFamily<String> lines = KeyFamily.of("line/", String.class).living(Lifetime.of(SECOND.multipliedBy(5)));
        Room ada = join("Ada");
        Room ben = join("Ben");
        Room cem = join("Cem");
        List<String> heard = new ArrayList<>();
        List<Map<String, String>> shown = new ArrayList<>();
        data(cem).family(typing).onChange(change -> heard.add(change.subKey() + " " + change.newValue().orElse("gone")));
        data(cem).family(lines).bind(all -> shown.add(Map.copyOf(all)));
        data(ada).family(typing).put("ada", "typing");
        data(ben).family(typing).putAll(Map.of("ben", "typing"));
        data(ada).family(lines).put("1", "hello");
        data(ada).family(lines).put("2", "stays", Lifetime.of(Duration.ofMinutes(5)));
        network.advance(SECOND);
        assertThat(data(cem).family(typing).asMap()).containsOnlyKeys("ada", "ben");
        assertThat(data(cem).family(lines).size()).isEqualTo(2);
        network.kill(ada);
        network.advance(SETTLED);
        for (Room room : List.of(ben, cem, join("Dan"))) {
            assertThat(data(room).family(typing).asMap()).containsOnlyKeys("ben");
            assertThat(data(room).family(typing).snapshot()).containsOnlyKeys("ben");
            assertThat(data(room).family(lines).asMap()).containsExactly(Map.entry("2", "stays"));
            assertThat(data(room).family(lines).size()).isEqualTo(1);
        }
        assertThat(heard).containsExactlyInAnyOrder("ada typing", "ben typing", "ada gone");
        assertThat(shown.get(shown.size() - 1)).containsExactly(Map.entry("2", "stays"));
        assertThat(data(ben).family(typing).putIfChanged("ben", "typing")).isFalse();
        assertThat(data(ben).family(lines).putDefault("3", "start")).isTrue();
    }

    @Test
    void aLifetimeThatCannotBeIsRefusedBeforeAnythingIsWritten() {
        Room ada = join("Ada");
        assertThatThrownBy(() -> Lifetime.of(Duration.ofMillis(99))).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("100 ms").hasMessageContaining("PT0.099S");
        assertThatThrownBy(() -> Lifetime.of(Duration.ofDays(36_600))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> data(ada).put("k", "v", null)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("\"k\"");
        assertThat(data(ada).size()).isZero();
    }
}
