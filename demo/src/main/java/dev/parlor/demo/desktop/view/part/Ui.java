package dev.parlor.demo.desktop.view.part;

import com.formdev.flatlaf.FlatClientProperties;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import java.awt.Color;
import java.awt.Font;
import java.awt.LayoutManager;
import java.awt.event.ActionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import javax.swing.AbstractAction;
import javax.swing.ButtonGroup;
import javax.swing.DefaultComboBoxModel;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import javax.swing.UIManager;
import javax.swing.text.AbstractDocument;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.swing.FontIcon;

/** Components as the whole app has them: named for tests, with accessible names, and in the theme's colours. */
public final class Ui {
    private static final int ICON_SIZE = 18;
    private static final int SMALL_ICON_SIZE = 14;

    private Ui() {}

    /** A button with an icon and a text. */
    public static JButton button(String name, String text, Ikon icon, Runnable action) {
        JButton button = plain(new JButton(icon == null ? null : new ThemeIcon(icon, ICON_SIZE)));
        button.setText(text);
        named(button, name, text);
        button.addActionListener(event -> action.run());
        return button;
    }

    /** A button of an icon alone; its text is the tool tip, and what a screen reader says. */
    public static JButton iconButton(String name, String text, Ikon icon, Runnable action) {
        JButton button = button(name, null, icon, action);
        named(button, name, text);
        button.setToolTipText(text);
        button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        return button;
    }

    /** A button that stays down, of an icon and a text. */
    public static JToggleButton toggle(String name, String text, Ikon icon) {
        JToggleButton button = plain(new JToggleButton(new ThemeIcon(icon, ICON_SIZE)));
        button.setText(text);
        named(button, name, text);
        return button;
    }

    /**
     * Makes buttons such that one of them is down. The Tab key comes to that one, as Swing has it; the arrow keys go on to
     * the others, which Swing knows for radio buttons alone.
     */
    public static void oneOf(List<JToggleButton> buttons) {
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
    public static JButton primary(JButton button) {
        button.putClientProperty(FlatClientProperties.STYLE_CLASS, "primary");
        button.putClientProperty(FlatClientProperties.STYLE,
                "background: $Component.accentColor; foreground: #fff; borderColor: $Component.accentColor");
        return button;
    }

    /** A text field with a text in it that says what to write. */
    public static JTextField field(String name, String placeholder) {
        return field(name, placeholder, TextLimits.TEXT);
    }

    /** A text field that takes no more than so many characters. */
    public static JTextField field(String name, String placeholder, int most) {
        JTextField field = new JTextField();
        ((AbstractDocument) field.getDocument()).setDocumentFilter(new AtMost(field, most));
        named(field, name, placeholder);
        field.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, placeholder);
        return field;
    }

    public static JLabel label(String name, String text) {
        JLabel label = plain(new JLabel());
        label.setText(text);
        named(label, name, text);
        return label;
    }

    /** A label that breaks its text into lines. */
    public static WrappedLabel wrapped(String name, String text) {
        WrappedLabel label = new WrappedLabel();
        label.say(text);
        named(label, name, text);
        return label;
    }

    /** A wrapped label of less weight. */
    public static WrappedLabel hint(String name, String text) {
        return lighter(wrapped(name, text));
    }

    /** A wrapped label with the size of a title. */
    public static WrappedLabel wrappedTitle(String name) {
        return larger(wrapped(name, ""));
    }

    /** A label of less weight. */
    public static JLabel quiet(String name, String text) {
        return lighter(label(name, text));
    }

    private static <L extends JLabel> L lighter(L label) {
        label.putClientProperty(FlatClientProperties.STYLE, "foreground: $Label.disabledForeground");
        return label;
    }

    /** A label with the size of a title. */
    public static JLabel title(String name, String text) {
        return larger(label(name, text));
    }

    private static <L extends JLabel> L larger(L label) {
        label.putClientProperty(FlatClientProperties.STYLE_CLASS, "h3");
        return label;
    }

    /** A box to choose from. */
    public static <T> JComboBox<T> choice(String name, String accessibleName) {
        JComboBox<T> box = named(new JComboBox<>(), name, accessibleName);
        box.setRenderer(new PlainCell());
        return box;
    }

    /** Has a box offer some things, as it is if it offers them already: a list that is open stays so. */
    public static <T> void offer(JComboBox<T> box, List<T> items) {
        List<T> offered = new ArrayList<>();
        for (int i = 0; i < box.getItemCount(); i++) {
            offered.add(box.getItemAt(i));
        }
        if (!offered.equals(items)) {
            Object chosen = box.getSelectedItem();
            box.setModel(new DefaultComboBoxModel<>(new Vector<>(items)));
            if (items.contains(chosen)) {
                box.setSelectedItem(chosen);
            }
        }
    }

    /** Adds something to choose to a menu. */
    public static JMenuItem item(JPopupMenu menu, String name, String text, Runnable action) {
        JMenuItem item = plain(new JMenuItem());
        item.setText(text);
        item.addActionListener(event -> action.run());
        menu.add(item);
        return named(item, name, text);
    }

    /**
     * Has a component show texts as they are. Swing takes what begins with {@code <html>} for HTML, with which others could
     * break the window, or have it fetch pictures from where they like. To be called before the component has a text.
     */
    public static <C extends JComponent> C plain(C component) {
        component.putClientProperty("html.disable", Boolean.TRUE);
        return component;
    }

    /**
     * Lets a component be used or not. If it has the focus and is not to be used any more, that goes to another, and not to whatever
     * comes next: who presses the space bar just then would do something else.
     */
    public static void enable(JComponent component, boolean enabled, JComponent otherwise) {
        boolean loses = !enabled && component.isFocusOwner();
        component.setEnabled(enabled);
        if (loses) {
            otherwise.requestFocusInWindow();
        }
    }

    private static final class PlainCell extends DefaultListCellRenderer {
        private static final long serialVersionUID = 1L;

        PlainCell() {
            plain(this);
        }
    }

    /** A panel with round corners that stands out a little. */
    public static JPanel card(LayoutManager layout) {
        return asCard(new JPanel(layout));
    }

    /** Makes a panel look like a {@link #card}. */
    public static <P extends JPanel> P asCard(P panel) {
        panel.putClientProperty(FlatClientProperties.STYLE, "arc: 16; background: $Parlor.card");
        return panel;
    }

    /** What scrolls a list of cards. */
    public static JScrollPane scroll(JPanel list) {
        JScrollPane scroll = new JScrollPane(list);
        scroll.setBorder(null);
        return scroll;
    }

    /** A panel through which what is below is seen. */
    public static JPanel clear(LayoutManager layout) {
        JPanel panel = new JPanel(layout);
        panel.setOpaque(false);
        return panel;
    }

    public static FontIcon smallIcon(Ikon icon, Color colour) {
        return FontIcon.of(icon, SMALL_ICON_SIZE, colour);
    }

    public static Color accent() {
        return UIManager.getColor("Component.accentColor");
    }

    public static Color quietColour() {
        return UIManager.getColor("Label.disabledForeground");
    }

    /** A colour with a part of another. */
    public static Color mix(Color base, Color other, double part) {
        return new Color((int) (base.getRed() * (1 - part) + other.getRed() * part),
                (int) (base.getGreen() * (1 - part) + other.getGreen() * part),
                (int) (base.getBlue() * (1 - part) + other.getBlue() * part));
    }

    public static Font bold(Font font) {
        return font.deriveFont(Font.BOLD);
    }

    public static <C extends JComponent> C named(C component, String name, String accessibleName) {
        component.setName(name);
        component.getAccessibleContext().setAccessibleName(accessibleName);
        return component;
    }
}
