package dev.parlor.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.wire.Frame.Numbered;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of kinds has each frame once, under a number of its own. (A frame without a kind does not compile.) */
class FrameKindTest {
    @Test
    void theTableHasEachFrameThatThereIs() {
        assertThat(Arrays.<Class<?>>stream(Frame.class.getPermittedSubclasses()).toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FrameKind.values()).<Class<?>>map(FrameKind::type).toList());
    }

    @Test
    void eachHasANumberOfItsOwn() {
        assertThat(Arrays.stream(FrameKind.values()).map(FrameKind::number)).doesNotHaveDuplicates().allMatch(each -> each > 0);
        for (FrameKind kind : FrameKind.values()) {
            assertThat(FrameKind.of(kind.number())).isEqualTo(kind);
        }
    }

    @Test
    void eachFrameHasThePlaceInTheTableThatIsForItsClass() {
        for (Numbered sample : FrameSamples.all().values()) {
            assertThat(sample.frame().kind().type()).isEqualTo(sample.frame().getClass());
        }
        assertThat(FrameSamples.all().values().stream().map(sample -> sample.frame().kind())).as("of each there is a sample")
                .contains(FrameKind.values());
    }
}
