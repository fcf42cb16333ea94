package dev.parlor.demo.tour.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tour's line protocol. */
class LineTest {
    @Test
    void anyTextStaysOneWordAndAnyLineOneLine() {
        Line line = Line.of("say", "tab\there", "two\r\nlines", "back\\slash\\t", "", "Gr\u00fc\u00dfe");

        assertThat(line.toString()).doesNotContain("\n", "\r");
        assertThat(Line.parse(line.toString())).isEqualTo(line);
    }

    @Test
    void patternMatchesTheBeginningOfALine() {
        Line line = Line.of("changed", "layout", "nothing", "\"grid\"", "Ada", "1");

        assertThat(line.matches(Line.of("changed", "layout"))).isTrue();
        assertThat(line.matches(Line.of("changed", Line.ANY, "nothing"))).isTrue();
        assertThat(line.matches(Line.of("changed", "slide"))).isFalse();
        assertThat(Line.of("changed").matches(Line.of("changed", Line.ANY))).isFalse();
    }

    @Test
    void missingArgumentIsEmpty() {
        assertThat(Line.of("done", "get").argument(0)).isEqualTo("get");
        assertThat(Line.of("done", "get").argument(1)).isEmpty();
    }
}
