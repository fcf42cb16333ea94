package dev.parlor.demo.desktop.view.side;

import dev.parlor.demo.desktop.view.part.Ui;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JButton;
import javax.swing.UIManager;

/** An answer of a poll: a button to vote with, filled as far as its part of all votes. */
final class OptionBar extends JButton {
    private static final long serialVersionUID = 1L;
    private static final int ARC = 10;

    private double share;
    private boolean mine;
    private String right = "";

    OptionBar() {
        Ui.plain(this);
        setHorizontalAlignment(LEFT);
        setContentAreaFilled(false);
        setBorderPainted(false);
        setOpaque(false);
    }

    void show(String text, int votes, double part, boolean chosen) {
        share = part;
        mine = chosen;
        right = votes + (votes == 1 ? " vote" : " votes");
        setText((chosen ? "✓ " : "") + text);
        getAccessibleContext().setAccessibleName(text + ", " + right + (chosen ? ", your vote" : ""));
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Color card = UIManager.getColor("Parlor.card");
        Color foreground = UIManager.getColor("Label.foreground");
        g.setColor(Ui.mix(card, foreground, 0.07));
        g.fillRoundRect(0, 0, getWidth(), getHeight(), ARC, ARC);
        g.setColor(Ui.mix(card, Ui.accent(), mine ? 0.5 : 0.28));
        g.fillRoundRect(0, 0, (int) (getWidth() * share), getHeight(), ARC, ARC);
        if (isFocusOwner()) {
            g.setColor(Ui.accent());
            g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, ARC, ARC);
        }
        g.setFont(getFont());
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Ui.quietColour());
        int width = g.getFontMetrics().stringWidth(right);
        g.drawString(right, getWidth() - width - 10, (getHeight() - g.getFontMetrics().getHeight()) / 2
                + g.getFontMetrics().getAscent());
        g.dispose();
        super.paintComponent(graphics);
    }
}
