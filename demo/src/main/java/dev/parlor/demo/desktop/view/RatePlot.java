package dev.parlor.demo.desktop.view;

import dev.parlor.demo.desktop.model.InspectorModel;
import dev.parlor.demo.desktop.model.InspectorModel.Rates;
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

/** Frames and messages a second over the last minutes, the newest at the right. */
final class RatePlot extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Color SENT = new Color(0x4C8DFF);
    private static final Color RECEIVED = new Color(0x2FB67C);
    private static final Color MESSAGES = new Color(0xE8912D);
    /** What the height shows at least, so that an idle room's heartbeats do not fill it. */
    private static final double LEAST_TOP = 10;

    private transient List<Rates> samples = List.of();

    RatePlot() {
        setOpaque(false);
        setPreferredSize(new Dimension(280, 120));
        Ui.named(this, "inspector-plot", "Frames and messages a second");
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
        int line = g.getFontMetrics().getHeight();
        g.setColor(UIManager.getColor("Parlor.card"));
        g.fillRoundRect(0, 0, getWidth(), getHeight(), 16, 16);
        double top = samples.stream()
                .mapToDouble(each -> Math.max(each.messages(), Math.max(each.framesSent(), each.framesReceived())))
                .reduce(LEAST_TOP, Math::max);
        plot(g, Rates::framesSent, SENT, top, line);
        plot(g, Rates::framesReceived, RECEIVED, top, line);
        plot(g, Rates::messages, MESSAGES, top, line);
        Rates last = samples.isEmpty() ? new Rates(0, 0, 0) : samples.get(samples.size() - 1);
        int x = 10;
        x = legend(g, "sent " + Math.round(last.framesSent()), SENT, x, line);
        x = legend(g, "got " + Math.round(last.framesReceived()), RECEIVED, x, line);
        legend(g, "messages " + Math.round(last.messages()), MESSAGES, x, line);
        g.dispose();
    }

    private int legend(Graphics2D g, String text, Color colour, int x, int line) {
        g.setColor(colour);
        g.fillOval(x, 6 + line / 2 - 4, 8, 8);
        g.setColor(Ui.quietColour());
        g.drawString(text, x + 12, 6 + g.getFontMetrics().getAscent());
        return x + 24 + g.getFontMetrics().stringWidth(text);
    }

    private void plot(Graphics2D g, ToDoubleFunction<Rates> rate, Color colour, double top, int line) {
        if (samples.size() < 2) {
            return;
        }
        double step = (getWidth() - 20.0) / (InspectorModel.SAMPLES - 1);
        double height = getHeight() - line - 24.0;
        double left = getWidth() - 10 - step * (samples.size() - 1);
        Path2D path = new Path2D.Double();
        for (int i = 0; i < samples.size(); i++) {
            double y = getHeight() - 10 - height * rate.applyAsDouble(samples.get(i)) / top;
            if (i == 0) {
                path.moveTo(left, y);
            } else {
                path.lineTo(left + step * i, y);
            }
        }
        g.setColor(colour);
        g.setStroke(new BasicStroke(1.6f));
        g.draw(path);
    }
}
