package dev.parlor.demo.desktop.model.shown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a line belongs among those that are shown. */
class ChatLineTest {
    private final List<ChatLine> shown = new ArrayList<>();

    @Test
    void aLineThatComesLateStandsWhereItWasSaid() {
        show(0, "a", 1);
        show(0, "b", 3);
        show(0, "c", 2);
        show(0, "d", 0);
        show(0, "e", 4);
        assertThat(shown).extracting(ChatLine::key).containsExactly("d", "a", "c", "b", "e");
    }

    @Test
    void linesOfOneMillisecondStandInTheSameOrderEverywhere() {
        show(0, "b", 1);
        show(0, "a", 1);
        show(0, "c", 1);
        assertThat(shown).extracting(ChatLine::key).containsExactly("a", "b", "c");
    }

    @Test
    void anAppMessageStandsWhereItWasHeardWhateverThisMachineTakesForTheTime() {
        show(0, "a", 10);
        show(0, "", 1);
        show(0, "b", 11);
        show(0, "", 99);
        show(0, "c", 12);
        assertThat(shown).extracting(ChatLine::key).containsExactly("a", "", "b", "", "c");
        show(0, "late", 5);
        assertThat(shown).extracting(ChatLine::key).containsExactly("late", "a", "", "b", "", "c");
    }

    @Test
    void whatOneSaysIsAtTheEndWhereTheOthersSetARoomRightThatOneBeganWithAWrongClock() {
        show(1, "a", 3_600);
        show(2, "b", 1);
        show(0, "c", 2);
        assertThat(shown).extracting(ChatLine::key).containsExactly("a", "b", "c");
    }

    private void show(int number, String key, long second) {
        ChatLine line = new ChatLine(number, key, Instant.ofEpochSecond(second), "Ada", "", "text", ChatLine.Kind.ROOM,
                ChatLine.Heard.BY_ALL);
        shown.add(line.placeAmong(shown), line);
    }
}
