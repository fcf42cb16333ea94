package dev.parlor.demo.desktop.view.inspector;

import dev.parlor.demo.desktop.model.InspectorModel;
import dev.parlor.demo.desktop.model.InspectorModel.Rates;
import dev.parlor.demo.desktop.view.part.Ui;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.swing.JPanel;
import javax.swing.UIManager;

/** Some rates over the last minutes, on one scale, the newest at the right. */
final class RatePlot extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Color BLUE = new Color(0x4C8DFF);
    private static final Color GREEN = new Color(0x2FB67C);
    private static final Color ORANGE = new Color(0xE8912D);
    private static final Color PURPLE = new Color(0x9B6BDF);
    private static final float SMALL = 0.85f;
    private static final long KILO = 1_000;

    private final transient List<Series> series;
    private final double leastTop;
    private transient List<Rates> samples = List.of();

    private record Series(String label, Color colour, ToDoubleFunction<Rates> rate) {}

    private RatePlot(String name, String accessibleName, double leastTop, List<Series> series) {
        this.series = series;
        this.leastTop = leastTop;
        setOpaque(false);
        setPreferredSize(new Dimension(280, 90));
        Ui.named(this, name, accessibleName);
    }

    /** Frames and operations. The scale is such that an idle room's heartbeats do not fill the height. */
    static RatePlot ofOperations() {
        return new RatePlot("inspector-operations", "Frames, writes and messages a second", 10, List.of(
                new Series("sent", BLUE, Rates::framesSent),
                new Series("got", GREEN, Rates::framesReceived),
                new Series("writes", PURPLE, Rates::writes),
                new Series("messages", ORANGE, Rates::messages)));
    }

    static RatePlot ofBytes() {
        return new RatePlot("inspector-bytes", "Bytes a second", KILO, List.of(
                new Series("bytes/s sent", BLUE, Rates::bytesSent),
                new Series("bytes/s got", GREEN, Rates::bytesReceived)));
    }

    void show(List<Rates> now) {
        samples = now;
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(getFont().deriveFont(getFont().getSize2D() * SMALL));
        int line = g.getFontMetrics().getHeight();
        g.setColor(UIManager.getColor("Parlor.card"));
        g.fillRoundRect(0, 0, getWidth(), getHeight(), 16, 16);
        double top = leastTop;
        for (Rates each : samples) {
            for (Series one : series) {
                top = Math.max(top, one.rate().applyAsDouble(each));
            }
        }
        Rates last = samples.isEmpty() ? Rates.NONE : samples.get(samples.size() - 1);
        int x = 10;
        for (Series one : series) {
            plot(g, one, top, line);
            x = legend(g, one.label() + " " + shortly(one.rate().applyAsDouble(last)), one.colour(), x, line);
        }
        g.dispose();
    }

    private static String shortly(double rate) {
        long whole = Math.round(rate);
        return whole < 10 * KILO ? Long.toString(whole) : whole < 10 * KILO * KILO ? whole / KILO + "k" : whole / KILO / KILO + "M";
    }

    private static int legend(Graphics2D g, String text, Color colour, int x, int line) {
        g.setColor(colour);
        g.fillOval(x, 6 + line / 2 - 3, 7, 7);
        g.setColor(Ui.quietColour());
        g.drawString(text, x + 10, 6 + g.getFontMetrics().getAscent());
        return x + 18 + g.getFontMetrics().stringWidth(text);
    }

    private void plot(Graphics2D g, Series one, double top, int line) {
        if (samples.size() < 2) {
            return;
        }
        double step = (getWidth() - 20.0) / (InspectorModel.SAMPLES - 1);
        double height = getHeight() - line - 24.0;
        double left = getWidth() - 10 - step * (samples.size() - 1);
        Path2D path = new Path2D.Double();
        for (int i = 0; i < samples.size(); i++) {
            double y = getHeight() - 10 - height * one.rate().applyAsDouble(samples.get(i)) / top;
            if (i == 0) {
                path.moveTo(left, y);
            } else {
                path.lineTo(left + step * i, y);
            }
        }
        g.setColor(one.colour());
        g.setStroke(new BasicStroke(1.6f));
        g.draw(path);
    }
}
