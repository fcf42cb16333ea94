package dev.parlor.demo.desktop.view.part;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;

/** A participant's initials on its colour. */
public final class Avatar {
    /** Above this the colour is light, and black is read better on it (0 to 255, weights of ITU-R BT.601). */
    private static final double LIGHT = 150;

    private Avatar() {}

    public static void paint(Graphics2D graphics, String initials, int rgb, double x, double y, double size, Font font) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        Color colour = new Color(rgb);
        g.setColor(colour);
        g.fill(new Ellipse2D.Double(x, y, size, size));
        g.setColor(textOn(colour));
        g.setFont(font.deriveFont(Font.BOLD, (float) (size * 0.38)));
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(initials, (float) (x + (size - metrics.stringWidth(initials)) / 2),
                (float) (y + (size - metrics.getHeight()) / 2 + metrics.getAscent()));
        g.dispose();
    }

    public static Color textOn(Color colour) {
        double luma = 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
        return luma > LIGHT ? new Color(0x1B1D22) : Color.WHITE;
    }
}
