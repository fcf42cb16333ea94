package dev.parlor.demo.desktop.view.part;

import javax.swing.JLabel;

/**
 * A label that breaks its text into lines, for which Swing needs HTML. Its text is given by these methods only, which show what
 * people wrote as they wrote it.
 */
public final class WrappedLabel extends JLabel {
    private static final long serialVersionUID = 1L;

    /** Shows a text. */
    public void say(String text) {
        markUp(escape(text));
    }

    /** Shows a text of weight, and one that tells more of it. */
    public void say(String text, String more) {
        markUp("<b>" + escape(text) + "</b> &nbsp;" + escape(more));
    }

    /** Shows a text that is done with. */
    public void sayDone(String text) {
        markUp("<s>" + escape(text) + "</s>");
    }

    private void markUp(String html) {
        setText("<html>" + html + "</html>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
