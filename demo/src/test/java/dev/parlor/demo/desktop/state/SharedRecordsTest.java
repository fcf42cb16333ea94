package dev.parlor.demo.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another version of the app leaves out of a record is read as null, and must not break the windows of this one. */
class SharedRecordsTest {
    static Stream<Record> records() {
        return Stream.of(new Presence(0, false, null, false, null), new Poll(null, null), new Question(null), new Chat(null),
                new Announcement(null));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aTextThatIsLeftOutIsEmpty(Record shared) {
        assertThat(shared).hasNoNullFieldsOrPropertiesExcept("pointer");
    }

    @Test
    void anOptionThatIsLeftOutIsEmpty() {
        assertThat(new Poll("Tea?", Arrays.asList("yes", null)).options()).isEqualTo(List.of("yes", ""));
    }

    @Test
    void whoPointsBeyondTheStagePointsAtItsEdge() {
        assertThat(new Pointer(Double.NaN, -1e300)).isEqualTo(new Pointer(0, 0));
        assertThat(new Pointer(Double.POSITIVE_INFINITY, 0.5)).isEqualTo(new Pointer(1, 0.5));
    }
}
