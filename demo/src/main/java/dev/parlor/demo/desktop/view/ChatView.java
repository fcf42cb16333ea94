package dev.parlor.demo.desktop.view;

import dev.parlor.ParticipantId;
import dev.parlor.demo.desktop.model.ChatLine;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.MeetingState;
import dev.parlor.demo.desktop.model.Person;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JTextPane;
import javax.swing.Timer;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.BadLocationException;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import javax.swing.text.StyledDocument;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The chat: app-messages, which only those hear who are present. */
final class ChatView extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    /** How long after the last key somebody counts as writing. */
    private static final int TYPING_MILLIS = 1_500;
    /** Characters kept; the oldest go. */
    private static final int MAX_CHARS = 100_000;

    private final transient Meeting meeting;
    private final JTextPane lines = new JTextPane();
    private final JTextField text = Ui.field("chat-text", "Say something");
    private final JComboBox<Recipient> to = Ui.named(new JComboBox<>(), "chat-to", "To whom");
    private final JLabel typing = Ui.quiet("chat-typing", " ");
    private final Timer notTyping;

    private record Recipient(ParticipantId id, String label) {
        @Override
        public String toString() {
            return label;
        }
    }

    ChatView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 1", "[grow]", "[][grow][][]"));
        this.meeting = meeting;
        setOpaque(false);
        notTyping = new Timer(TYPING_MILLIS, event -> meeting.setTyping(false));
        notTyping.setRepeats(false);
        lines.setEditable(false);
        Ui.named(lines, "chat-lines", "Chat");
        add(Ui.quiet("chat-hint", "<html>App-messages: they reach those who are here now. Who joins later sees none of them.</html>"),
                "growx, wmin 0");
        add(new JScrollPane(lines), "grow, wmin 0, hmin 60");
        add(typing, "growx, wmin 0");
        add(to, "split 3, width 90:110:130");
        add(text, "growx, pushx, wmin 60");
        add(Ui.iconButton("chat-send", "Send", MaterialDesignS.SEND, this::send));
        text.addActionListener(event -> send());
        text.getDocument().addDocumentListener(new Typing());
    }

    void show(MeetingState state) {
        List<String> names = state.typing();
        typing.setText(names.isEmpty() ? " " : String.join(", ", names) + (names.size() == 1 ? " is" : " are") + " writing…");
        List<Recipient> recipients = new ArrayList<>();
        boolean breakout = meeting.breakoutRoom().isPresent();
        recipients.add(new Recipient(null, breakout ? "Breakout room" : "Everyone"));
        state.people().stream().filter(person -> !person.me())
                .forEach(person -> recipients.add(new Recipient(person.id(), person.name())));
        List<Recipient> shown = new ArrayList<>();
        for (int i = 0; i < to.getItemCount(); i++) {
            shown.add(to.getItemAt(i));
        }
        if (!shown.equals(recipients)) {
            Recipient chosen = (Recipient) to.getSelectedItem();
            to.setModel(new DefaultComboBoxModel<>(recipients.toArray(new Recipient[0])));
            if (chosen != null && recipients.contains(chosen)) {
                to.setSelectedItem(chosen);
            }
        }
    }

    void say(ChatLine line) {
        StyledDocument document = lines.getStyledDocument();
        String place = switch (line.kind()) {
            case ROOM -> line.to().isEmpty() ? "" : line.mine() ? " to " + line.to() : " to you alone";
            case BREAKOUT -> " in the breakout room";
            case ANNOUNCEMENT -> " to all rooms";
        };
        SimpleAttributeSet name = new SimpleAttributeSet();
        StyleConstants.setBold(name, true);
        StyleConstants.setForeground(name, Ui.accent());
        SimpleAttributeSet time = new SimpleAttributeSet();
        StyleConstants.setForeground(time, Ui.quietColour());
        append(document, (line.mine() ? "You" : line.from()) + place, name);
        append(document, "  " + CLOCK.format(line.at().atZone(ZoneId.systemDefault())) + "\n", time);
        append(document, line.text() + "\n\n", new SimpleAttributeSet());
        try {
            if (document.getLength() > MAX_CHARS) {
                document.remove(0, document.getLength() - MAX_CHARS);
            }
        } catch (BadLocationException e) {
            throw new IllegalStateException(e);
        }
        lines.setCaretPosition(document.getLength());
    }

    private static void append(StyledDocument document, String what, SimpleAttributeSet style) {
        try {
            document.insertString(document.getLength(), what, style);
        } catch (BadLocationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send() {
        String said = text.getText().strip();
        if (said.isEmpty()) {
            return;
        }
        Recipient recipient = (Recipient) to.getSelectedItem();
        if (recipient == null || recipient.id() == null) {
            meeting.say(said);
        } else {
            meeting.sayTo(recipient.id(), said);
        }
        text.setText("");
        meeting.setTyping(false);
        notTyping.stop();
    }

    /** Nobody stays there as writing whose window is closed. */
    void stop() {
        notTyping.stop();
    }

    private final class Typing implements DocumentListener {
        @Override
        public void insertUpdate(DocumentEvent event) {
            meeting.setTyping(true);
            notTyping.restart();
        }

        @Override
        public void removeUpdate(DocumentEvent event) {
            notTyping.restart();
        }

        @Override
        public void changedUpdate(DocumentEvent event) {
            // Of styles only.
        }
    }
}
