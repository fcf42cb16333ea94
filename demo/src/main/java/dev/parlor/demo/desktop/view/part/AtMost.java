package dev.parlor.demo.desktop.view.part;

import dev.parlor.demo.desktop.model.shown.TextLimits;
import javax.swing.UIManager;
import javax.swing.text.AttributeSet;
import javax.swing.text.BadLocationException;
import javax.swing.text.DocumentFilter;
import javax.swing.text.JTextComponent;

/** Lets a field take no more than so many characters; of a longer text it takes the beginning, and gives the look and feel's signal. */
final class AtMost extends DocumentFilter {
    private final JTextComponent field;
    private final int chars;

    AtMost(JTextComponent field, int chars) {
        this.field = field;
        this.chars = chars;
    }

    @Override
    public void insertString(FilterBypass bypass, int offset, String text, AttributeSet attributes) throws BadLocationException {
        replace(bypass, offset, 0, text, attributes);
    }

    @Override
    public void replace(FilterBypass bypass, int offset, int length, String text, AttributeSet attributes) throws BadLocationException {
        String wanted = text == null ? "" : text;
        String taken = TextLimits.beginning(wanted, Math.max(0, chars - bypass.getDocument().getLength() + length));
        if (taken.length() < wanted.length()) {
            UIManager.getLookAndFeel().provideErrorFeedback(field);
        }
        bypass.replace(offset, length, taken, attributes);
    }
}
