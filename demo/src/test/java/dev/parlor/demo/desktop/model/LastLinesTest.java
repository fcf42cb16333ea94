package dev.parlor.demo.desktop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Entry;
import dev.parlor.Family;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import dev.parlor.demo.desktop.state.Chat;
import dev.parlor.demo.desktop.state.Keys;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to everyone, seen by those who are there and by who comes a little late. */
class LastLinesTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME);
    private final Someone ada = new Someone("Ada");
    private final Someone bob = new Someone("Bob");

    /** Who sees and says something. */
    private final class Someone {
        final Room room;
        final LastLines lines;
        final List<ChatLine> seen = new ArrayList<>();
        private int said;

        Someone(String name) {
            this(name, Duration.ZERO);
        }

        /** With a clock that is wrong by so much. */
        Someone(String name, Duration wrongBy) {
            room = network.join(name, builder -> builder.types(Chat.class));
            network.skewClock(room, wrongBy);
            lines = new LastLines(room, Clock.offset(network.clock(), wrongBy), this::see);
            lines.begin();
            network.advance(A_MOMENT);
        }

        /** Says something, and lets it arrive. */
        ChatLine says(String text) {
            ChatLine line = lines.add(++said, text, ChatLine.Heard.NOT_YET);
            see(line);
            network.advance(A_MOMENT);
            return line;
        }

        private void see(ChatLine line) {
            seen.add(line.placeAmong(seen), line);
        }

        List<String> texts() {
            return seen.stream().map(line -> line.from() + ": " + line.text()).toList();
        }

        Family<Chat> chat() {
            return room.sessionData().family(Keys.CHAT);
        }
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void whoComesALittleLateSeesWhatWasSaidInItsOrderWithAuthorAndTime() {
        ChatLine first = ada.says("hello");
        bob.says("hi");
        ada.says("how are you?");
        Someone cleo = new Someone("Cleo");
        assertThat(cleo.texts()).containsExactly("Ada: hello", "Bob: hi", "Ada: how are you?").isEqualTo(ada.texts()).isEqualTo(bob.texts());
        assertThat(cleo.seen.get(0)).matches(line -> line.at().equals(first.at()) && !line.mine() && line.heard() == ChatLine.Heard.BY_ALL);
        cleo.says("what did I miss?");
        assertThat(ada.texts()).endsWith("Cleo: what did I miss?").hasSize(4);
    }

    @Test
    void whoHasLeftIsStillTheAuthorOfWhatItSaid() {
        bob.says("bye");
        bob.room.close();
        assertThat(new Someone("Cleo").texts()).containsExactly("Bob: bye");
    }

    @Test
    void linesGoByThemselvesButNotFromThoseWhoSawThem() {
        ada.says("long ago");
        network.advance(Keys.CHAT_LIFETIME.minus(A_MOMENT));
        assertThat(new Someone("Cleo").texts()).isEmpty();
        assertThat(bob.chat().isEmpty()).isTrue();
        bob.says("just now");
        assertThat(ada.texts()).containsExactly("Ada: long ago", "Bob: just now").isEqualTo(bob.texts());
        assertThat(new Someone("Dan").texts()).containsExactly("Bob: just now");
    }

    @Test
    void whoComesLateSeesTheLastLinesOfAllAndNobodyKeepsMoreOfItsOwn() {
        int more = 20;
        bob.says("drowned");
        for (int i = 0; i < Keys.CHAT_LINES + more; i++) {
            ada.says("line " + i);
            if (i == more) {
                bob.says("amid");
            }
        }
        assertThat(bob.seen).as("who is there sees all").hasSize(2 + Keys.CHAT_LINES + more);
        assertThat(bob.chat().size()).isEqualTo(2 + Keys.CHAT_LINES);
        List<String> last = ada.texts().subList(2 + more, 2 + more + Keys.CHAT_LINES);
        assertThat(last).contains("Bob: amid").doesNotContain("Bob: drowned");
        assertThat(new Someone("Cleo").texts()).isEqualTo(last);
    }

    @Test
    void bothSidesOfACutSeeWhatWasSaidBeyondItOnceAndInItsPlace() {
        ada.says("together");
        network.partition(ada.room, bob.room);
        ada.says("one");
        bob.says("two");
        ada.says("three");
        bob.says("four");
        assertThat(ada.texts()).containsExactly("Ada: together", "Ada: one", "Ada: three");
        network.heal();
        network.advance(Duration.ofSeconds(30));
        assertThat(ada.texts()).containsExactly("Ada: together", "Ada: one", "Bob: two", "Ada: three", "Bob: four").isEqualTo(bob.texts());
        network.isolate(ada.room);
        network.advance(A_MOMENT);
        network.heal();
        network.advance(Duration.ofSeconds(30));
        assertThat(ada.texts()).hasSize(5).isEqualTo(bob.texts());
        assertThat(new Someone("Cleo").texts()).isEqualTo(ada.texts());
    }

    @Test
    void aWrongClockPutsNoLineInAWrongPlace() {
        Someone slow = new Someone("Slow", Duration.ofHours(-5));
        Someone fast = new Someone("Fast", Duration.ofHours(5));
        fast.says("question");
        slow.says("answer");
        ada.says("thanks");
        assertThat(new Someone("Cleo").texts()).containsExactly("Fast: question", "Slow: answer", "Ada: thanks").isEqualTo(ada.texts())
                .isEqualTo(slow.texts()).isEqualTo(fast.texts());
    }

    @Test
    void aFamilyOfAnotherIsNotChangedByWhoSaysMuch() {
        bob.chat().put("written/by/another/program", new Chat("odd"));
        IntStream.range(0, 2 * Keys.CHAT_LINES).forEach(i -> ada.says("line " + i));
        assertThat(bob.chat().containsKey("written/by/another/program")).isTrue();
        assertThat(bob.chat().size()).isEqualTo(1 + Keys.CHAT_LINES);
    }

    @Test
    void whatAnotherProgramPutsThereIsShownSafelyOrNotAtAll() {
        String endless = "endless ".repeat(7_000);
        bob.room.sessionData().put(Keys.CHAT.prefix() + "number", 12);
        bob.room.sessionData().put(Keys.CHAT.prefix(), new Chat("no sub-key"));
        bob.chat().put("~", new Chat(endless));
        network.advance(A_MOMENT);
        bob.chat().put("999999999999999/", new Chat(null));
        network.advance(A_MOMENT);
        ada.says("mine");
        bob.room.sessionData().put(Keys.CHAT.prefix() + "number", new Chat("after all"));
        network.advance(A_MOMENT);
        for (Someone each : List.of(ada, new Someone("Late"))) {
            assertThat(each.seen).extracting(ChatLine::from).containsExactly("Bob", "Bob", "Ada", "Bob");
            assertThat(each.seen).element(0).extracting(ChatLine::text).asString().hasSize(TextLimits.TEXT + 1).endsWith("…");
            assertThat(each.seen).extracting(ChatLine::text).endsWith("", "mine", "after all");
        }
    }

    @Test
    void whatIsOverwrittenOrComesBackIsNotShownTwiceAndWhoComesLateSeesWhoWroteItLast() {
        ChatLine line = ada.says("hello");
        bob.chat().put(line.key(), new Chat("hijacked"));
        network.advance(A_MOMENT);
        assertThat(new Someone("Cleo").texts()).containsExactly("Bob: hijacked");
        bob.chat().remove(line.key());
        network.advance(A_MOMENT);
        bob.chat().put(line.key(), new Chat("back again"));
        network.advance(A_MOMENT);
        assertThat(ada.texts()).containsExactly("Ada: hello").isEqualTo(bob.texts());
    }

    @Test
    void aFloodOfAnotherProgramEndsWithItsLastLinesAndIsForgotten() {
        int flood = 5_000;
        ada.says("before");
        bob.room.sessionData().update(batch -> IntStream.range(0, flood)
                .forEach(i -> batch.put(Keys.CHAT.prefix() + String.format("%06d", i), new Chat("line " + i))));
        network.advance(A_MOMENT);
        assertThat(ada.texts()).hasSize(1 + Keys.CHAT_LINES).endsWith("Bob: line " + (flood - 1));
        bob.chat().clear();
        ada.says("after");
        ada.says("all");
        assertThat(ada.texts()).hasSize(3 + Keys.CHAT_LINES).endsWith("Ada: after", "Ada: all");
        assertThat(bob.texts()).endsWith("Ada: after", "Ada: all").doesNotHaveDuplicates();
    }

    @Test
    void theSubKeysSortAsTheLinesWereSaid() {
        List<String> said = Stream.of(ada.says("1"), bob.says("2"), ada.says("3"), ada.says("4")).map(ChatLine::key).toList();
        assertThat(bob.chat().asMap().keySet()).containsExactlyElementsOf(said);
        assertThat(said).allSatisfy(key -> assertThat(ada.room.sessionData().entry(Keys.CHAT.key(key))).get()
                .extracting(Entry::lifetime).isEqualTo(Keys.CHAT.lifetime()));
    }

    @Test
    void nothingIsToldAfterTheEndNorSaidInARoomThatIsClosed() {
        bob.lines.close();
        ada.says("hello");
        assertThat(bob.texts()).isEmpty();
        bob.room.close();
        assertThatThrownBy(() -> bob.lines.add(1, "too late", ChatLine.Heard.KEPT)).isInstanceOf(RoomClosedException.class);
    }
}
