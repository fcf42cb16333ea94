package dev.parlor.demo.desktop.view.part;

import dev.parlor.demo.desktop.model.shown.TextLimits;
import java.awt.FontMetrics;

/** A text of others in a width that is given. */
public final class FittingText {
    private FittingText() {}

    /** A text, or as much of its beginning as fits, and an ellipsis. Found by halving, since it is looked for at every paint. */
    public static String of(String text, FontMetrics metrics, int width) {
        String whole = TextLimits.shown(text, TextLimits.STATUS);
        if (metrics.stringWidth(whole) <= width) {
            return whole;
        }
        int fits = 0;
        int tooLong = whole.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            if (metrics.stringWidth(TextLimits.shown(whole, middle)) <= width) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return TextLimits.shown(whole, fits);
    }
}
