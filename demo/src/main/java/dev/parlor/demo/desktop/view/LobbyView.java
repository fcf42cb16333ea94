package dev.parlor.demo.desktop.view;

import com.formdev.flatlaf.FlatClientProperties;
import dev.parlor.SyncProgress;
import dev.parlor.demo.desktop.model.join.JoinForm;
import dev.parlor.demo.desktop.model.join.Reach;
import dev.parlor.demo.desktop.view.part.Theme;
import dev.parlor.demo.desktop.view.part.Ui;
import dev.parlor.demo.desktop.view.part.WrappedLabel;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JProgressBar;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.UIManager;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** Where a person says who it is and which room to join. */
final class LobbyView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final JTextField name = Ui.field("lobby-name", "What the others call you");
    private final JComboBox<String> room = Ui.choice("lobby-room", "Room");
    private final JPasswordField passphrase = Ui.named(new JPasswordField(), "lobby-passphrase", "Passphrase");
    private final JComboBox<Reach> reach = Ui.named(new JComboBox<>(Reach.values()), "lobby-reach", "Who can be met");
    private final JTextField hosts = Ui.field("lobby-hosts", "ada.local, 192.0.2.7");
    private final JPanel colours = Ui.clear(new MigLayout("insets 0, gap 4"));
    private final WrappedLabel message = Ui.wrapped("lobby-message", " ");
    private final JProgressBar progress = Ui.named(new JProgressBar(), "lobby-progress", "What has arrived of the room");
    private final JButton join;
    private final JButton cancel;
    private final transient List<JToggleButton> colourButtons;
    private final JLabel hostsLabel = Ui.label("lobby-hosts-label", "Hosts");

    LobbyView(Consumer<JoinForm> joining, Runnable cancelling) {
        super(new MigLayout("fill", "[center]", "[center]"));
        room.setEditable(true);
        passphrase.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, "none: open to everybody");
        colourButtons = JoinForm.COLOURS.stream().map(LobbyView::colourButton).toList();
        Ui.oneOf(colourButtons);
        colourButtons.forEach(colours::add);
        colourButtons.get(0).setSelected(true);
        join = Ui.primary(Ui.button("lobby-join", "Join", MaterialDesignL.LOGIN, () -> joining.accept(form())));
        cancel = Ui.button("lobby-cancel", "Cancel", null, cancelling);

        JPanel card = Ui.card(new MigLayout("insets 28 32 24 32, wrap 2", "[right]12[grow, fill, 280::]"));
        JLabel title = Ui.label("lobby-title", "Parlor");
        title.putClientProperty(FlatClientProperties.STYLE_CLASS, "h1");
        card.add(title, "span, left");
        card.add(Ui.hint("lobby-lead", "Share a room with other windows, without a server."), "span, left, gapbottom 14");
        card.add(new JLabel("Name"));
        card.add(name);
        card.add(new JLabel("Colour"));
        card.add(colours);
        card.add(new JLabel("Room"));
        card.add(room);
        card.add(new JLabel("Passphrase"));
        card.add(passphrase);
        card.add(new JLabel("Meet"));
        card.add(reach);
        card.add(hostsLabel, "hidemode 3");
        card.add(hosts, "hidemode 3");
        card.add(message, "span, growx, wmin 0, gaptop 8");
        card.add(progress, "span, growx, hidemode 2");
        card.add(cancel, "span, split 2, right, hidemode 2");
        card.add(join);
        add(card, "width ::560");
        add(Ui.iconButton("theme", "Light or dark", MaterialDesignT.THEME_LIGHT_DARK, Theme::toggle), "pos 1al 0al");

        reach.addActionListener(event -> showHosts());
        name.addActionListener(event -> join.doClick());
        passphrase.addActionListener(event -> join.doClick());
        showHosts();
        idle("");
    }

    /** Fills it with what is known. */
    void fill(JoinForm form, List<String> recent) {
        name.setText(form.name());
        room.removeAllItems();
        recent.forEach(room::addItem);
        room.setSelectedItem(form.room().isEmpty() && !recent.isEmpty() ? recent.get(0) : form.room());
        passphrase.setText(form.passphrase());
        reach.setSelectedItem(form.reach());
        hosts.setText(form.hosts());
        int colour = JoinForm.COLOURS.indexOf(form.colour());
        colourButtons.get(Math.max(0, colour)).setSelected(true);
    }

    /** What the fields say now. */
    JoinForm form() {
        int colour = 0;
        for (int i = 0; i < colourButtons.size(); i++) {
            colour = colourButtons.get(i).isSelected() ? i : colour;
        }
        Object chosen = room.getEditor().getItem();
        return new JoinForm(name.getText().strip(), JoinForm.COLOURS.get(colour), chosen == null ? "" : chosen.toString().strip(),
                new String(passphrase.getPassword()), (Reach) reach.getSelectedItem(), hosts.getText());
    }

    /** A join is under way. */
    void busy() {
        message.say("Looking for others…");
        message.setForeground(null);
        progress.setIndeterminate(true);
        progress.setVisible(true);
        cancel.setVisible(true);
        join.setEnabled(false);
    }

    void progress(SyncProgress now) {
        message.say("The room's state is arriving: " + now.entriesReceived() + " of " + now.entriesExpected());
        progress.setIndeterminate(false);
        progress.setMaximum((int) Math.min(Integer.MAX_VALUE, Math.max(1, now.entriesExpected())));
        progress.setValue((int) Math.min(Integer.MAX_VALUE, now.entriesReceived()));
    }

    /** No join is under way; says what went wrong, if something did. */
    void idle(String problem) {
        message.say(problem.isEmpty() ? " " : problem);
        message.setForeground(UIManager.getColor("Parlor.bad"));
        progress.setVisible(false);
        progress.setIndeterminate(false);
        cancel.setVisible(false);
        join.setEnabled(true);
    }

    void focus() {
        (name.getText().isEmpty() ? name : join).requestFocusInWindow();
        getRootPane().setDefaultButton(join);
    }

    private void showHosts() {
        boolean named = reach.getSelectedItem() == Reach.HOSTS;
        hosts.setVisible(named);
        hostsLabel.setVisible(named);
        revalidate();
    }

    private static JToggleButton colourButton(int rgb) {
        JToggleButton button = new JToggleButton(new Swatch(rgb));
        button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        int number = JoinForm.COLOURS.indexOf(rgb) + 1;
        return Ui.named(button, "lobby-colour-" + number, "Colour " + number);
    }

    private record Swatch(int rgb) implements Icon {
        private static final int SIZE = 18;

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setColor(new Color(rgb));
            g.fillOval(x, y, SIZE, SIZE);
            g.dispose();
        }

        @Override
        public int getIconWidth() {
            return SIZE;
        }

        @Override
        public int getIconHeight() {
            return SIZE;
        }
    }
}
