package dev.parlor.demo.desktop.view.stage;

import dev.parlor.demo.desktop.model.shown.Person;
import dev.parlor.demo.desktop.view.part.Avatar;
import dev.parlor.demo.desktop.view.part.FittingText;
import dev.parlor.demo.desktop.view.part.Ui;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javax.swing.JPanel;
import javax.swing.UIManager;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;

/** One participant on the stage. A double click or Enter brings it to the stage, or takes it off. */
final class TileView extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final int ARC = 18;

    private transient Person person;

    TileView() {
        setPreferredSize(new Dimension(180, 130));
        setMinimumSize(new Dimension(90, 70));
        setFocusable(true);
        setOpaque(false);
    }

    void show(Person now) {
        if (!now.equals(person)) {
            person = now;
            setName("tile-" + now.name());
            getAccessibleContext().setAccessibleName(description());
            setToolTipText("In the room since " + CLOCK.format(now.joinedAt().atZone(ZoneId.systemDefault()))
                    + ". Double-click or Enter: to the stage, or off it.");
            repaint();
        }
    }

    Person person() {
        return person;
    }

    private String description() {
        return person.name() + (person.me() ? " (you)" : "") + (person.host() ? ", host" : "")
                + (person.presence().handUp() ? ", hand raised" : "") + (person.onStage() ? ", on the stage" : "")
                + (person.presence().status().isEmpty() ? "" : ", " + person.presence().status());
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        Color colour = new Color(person.presence().colour());
        Color card = UIManager.getColor("Parlor.card");
        g.setColor(Ui.mix(card, colour, 0.16));
        RoundRectangle2D shape = new RoundRectangle2D.Double(1.5, 1.5, getWidth() - 3, getHeight() - 3, ARC, ARC);
        g.fill(shape);
        if (person.presence().handUp() || person.onStage() || isFocusOwner()) {
            g.setColor(person.presence().handUp() ? new Color(0xF2B035) : Ui.accent());
            g.setStroke(new BasicStroke(2.5f));
            g.draw(shape);
        }
        double size = Math.max(28, Math.min(getWidth() * 0.45, getHeight() * 0.5));
        Avatar.paint(g, person.initials(), person.presence().colour(), (getWidth() - size) / 2,
                (getHeight() - size) / 2 - getHeight() * 0.08, size, getFont());
        paintText(g);
        paintMarks(g);
        g.dispose();
    }

    private void paintText(Graphics2D g) {
        Font bold = Ui.bold(getFont());
        String name = person.name() + (person.me() ? " (you)" : "");
        int line = g.getFontMetrics(bold).getHeight();
        boolean status = !person.presence().status().isEmpty();
        int y = getHeight() - 12 - (status ? line : 0);
        g.setColor(UIManager.getColor("Label.foreground"));
        centred(g, name, bold, y);
        if (status) {
            g.setColor(Ui.quietColour());
            centred(g, person.presence().status(), getFont(), y + line);
        }
    }

    private void centred(Graphics2D g, String text, Font font, int y) {
        g.setFont(font);
        FontMetrics metrics = g.getFontMetrics();
        String shown = FittingText.of(text, metrics, getWidth() - 20);
        g.drawString(shown, (getWidth() - metrics.stringWidth(shown)) / 2, y);
    }

    private void paintMarks(Graphics2D g) {
        int x = 12;
        if (person.host()) {
            Ui.smallIcon(MaterialDesignC.CROWN, new Color(0xE0A92E)).paintIcon(this, g, x, 12);
        }
        if (person.presence().handUp()) {
            Ui.smallIcon(MaterialDesignH.HAND_BACK_RIGHT, new Color(0xF2B035)).paintIcon(this, g, getWidth() - 26, 12);
        }
    }
}
