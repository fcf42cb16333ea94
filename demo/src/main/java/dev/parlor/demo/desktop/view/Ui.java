package dev.parlor.demo.desktop.view;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Color;
import java.awt.Font;
import java.awt.LayoutManager;
import java.awt.event.ActionEvent;
import java.util.List;
import javax.swing.AbstractAction;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import javax.swing.UIManager;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.swing.FontIcon;

/** Components as the whole app has them: named for tests, with accessible names, and in the theme's colours. */
final class Ui {
    private static final int ICON_SIZE = 18;
    private static final int SMALL_ICON_SIZE = 14;

    private Ui() {}

    /** A button with an icon and a text. */
    static JButton button(String name, String text, Ikon icon, Runnable action) {
        JButton button = new JButton(text, icon == null ? null : new ThemeIcon(icon, ICON_SIZE));
        named(button, name, text);
        button.addActionListener(event -> action.run());
        return button;
    }

    /** A button of an icon alone; its text is the tool tip, and what a screen reader says. */
    static JButton iconButton(String name, String text, Ikon icon, Runnable action) {
        JButton button = button(name, null, icon, action);
        named(button, name, text);
        button.setToolTipText(text);
        button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        return button;
    }

    /** A button that stays down, of an icon and a text. */
    static JToggleButton toggle(String name, String text, Ikon icon) {
        JToggleButton button = new JToggleButton(text, new ThemeIcon(icon, ICON_SIZE));
        named(button, name, text);
        return button;
    }

    /**
     * Makes buttons such that one of them is down. The Tab key comes to that one, as Swing has it; the arrow keys go on to
     * the others, which Swing knows for radio buttons alone.
     */
    static void oneOf(List<JToggleButton> buttons) {
        ButtonGroup group = new ButtonGroup();
        for (int i = 0; i < buttons.size(); i++) {
            JToggleButton button = buttons.get(i);
            group.add(button);
            arrow(button, "LEFT", buttons.get(Math.floorMod(i - 1, buttons.size())));
            arrow(button, "RIGHT", buttons.get((i + 1) % buttons.size()));
        }
    }

    private static void arrow(JToggleButton from, String key, JToggleButton to) {
        from.getInputMap().put(KeyStroke.getKeyStroke(key), key);
        from.getActionMap().put(key, new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                to.doClick();
                to.requestFocusInWindow();
            }
        });
    }

    /** Makes a button the one to press. */
    static JButton primary(JButton button) {
        button.putClientProperty(FlatClientProperties.STYLE_CLASS, "primary");
        button.putClientProperty(FlatClientProperties.STYLE,
                "background: $Component.accentColor; foreground: #fff; borderColor: $Component.accentColor");
        return button;
    }

    /** A text field with a text in it that says what to write. */
    static JTextField field(String name, String placeholder) {
        JTextField field = new JTextField();
        named(field, name, placeholder);
        field.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, placeholder);
        return field;
    }

    static JLabel label(String name, String text) {
        JLabel label = new JLabel(text);
        named(label, name, text);
        return label;
    }

    /** A label of less weight. */
    static JLabel quiet(String name, String text) {
        JLabel label = label(name, text);
        label.putClientProperty(FlatClientProperties.STYLE, "foreground: $Label.disabledForeground");
        return label;
    }

    /** A label with the size of a title. */
    static JLabel title(String name, String text) {
        JLabel label = label(name, text);
        label.putClientProperty(FlatClientProperties.STYLE_CLASS, "h3");
        return label;
    }

    /** A panel with round corners that stands out a little. */
    static JPanel card(LayoutManager layout) {
        return asCard(new JPanel(layout));
    }

    /** Makes a panel look like a {@link #card}. */
    static <P extends JPanel> P asCard(P panel) {
        panel.putClientProperty(FlatClientProperties.STYLE, "arc: 16; background: $Parlor.card");
        return panel;
    }

    /** What scrolls a list of cards. */
    static JScrollPane scroll(JPanel list) {
        JScrollPane scroll = new JScrollPane(list);
        scroll.setBorder(null);
        return scroll;
    }

    /** A panel through which what is below is seen. */
    static JPanel clear(LayoutManager layout) {
        JPanel panel = new JPanel(layout);
        panel.setOpaque(false);
        return panel;
    }

    static FontIcon smallIcon(Ikon icon, Color colour) {
        return FontIcon.of(icon, SMALL_ICON_SIZE, colour);
    }

    static Color accent() {
        return UIManager.getColor("Component.accentColor");
    }

    static Color quietColour() {
        return UIManager.getColor("Label.disabledForeground");
    }

    static Font bold(Font font) {
        return font.deriveFont(Font.BOLD);
    }

    /** A text as HTML that shows it as it is, whatever somebody wrote. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static <C extends JComponent> C named(C component, String name, String accessibleName) {
        component.setName(name);
        component.getAccessibleContext().setAccessibleName(accessibleName);
        return component;
    }
}
