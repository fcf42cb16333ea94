package dev.parlor.demo.desktop.view.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.demo.desktop.model.shown.TextLimits;
import java.awt.Font;
import java.awt.FontMetrics;
import javax.swing.JTextField;
import org.junit.jupiter.api.Test;

/** What a long text costs, whoever wrote it. */
class LongTextTest {
    private static final int WIDTH = 160;
    private static final String SMILE = "😀";

    /** Each character is as wide as this many pixels. */
    private static final class Counting extends FontMetrics {
        private static final long serialVersionUID = 1L;
        private static final int PIXELS = 8;
        private int measured;

        Counting() {
            super(new Font(Font.DIALOG, Font.PLAIN, 12));
        }

        @Override
        public int stringWidth(String text) {
            measured += text.length();
            return text.length() * PIXELS;
        }
    }

    @Test
    void aTileMeasuresLittleOfALongStatus() {
        Counting metrics = new Counting();
        String shown = FittingText.of("w".repeat(60_000), metrics, WIDTH);
        assertThat(shown).isEqualTo("w".repeat(WIDTH / Counting.PIXELS - 1) + "…");
        assertThat(metrics.measured).isLessThan(1_000);
    }

    @Test
    void whatFitsIsShownAsItIsAndNoCharacterIsCutInTwo() {
        assertThat(FittingText.of("short", new Counting(), WIDTH)).isEqualTo("short");
        assertThat(FittingText.of("w".repeat(100), new Counting(), 0)).isEqualTo("…");
        for (int width = 0; width < WIDTH; width += Counting.PIXELS) {
            assertThat(FittingText.of(SMILE.repeat(50), new Counting(), width)).matches("(" + SMILE + ")*…");
        }
    }

    @Test
    void aFieldTakesTheBeginningOfWhatIsTooLong() {
        JTextField field = Ui.field("field", "Say something");
        field.setText("a" + SMILE.repeat(TextLimits.TEXT));
        assertThat(field.getText()).isEqualTo("a" + SMILE.repeat(TextLimits.TEXT / 2 - 1));
        field.select(0, 1);
        field.replaceSelection("b");
        assertThat(field.getText()).startsWith("b" + SMILE);
        field.setText("");
        assertThat(field.getText()).isEmpty();
    }
}
