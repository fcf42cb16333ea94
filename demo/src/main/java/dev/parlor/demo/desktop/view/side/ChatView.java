package dev.parlor.demo.desktop.view.side;

import dev.parlor.ParticipantId;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.state.Keys;
import dev.parlor.demo.desktop.view.part.Ui;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JTextPane;
import javax.swing.Timer;
import javax.swing.UIManager;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.BadLocationException;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import javax.swing.text.StyledDocument;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The chat: what is said to everyone is there for who comes a little late, and all else for those who are present. */
public final class ChatView extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    /** How long after the last key somebody counts as writing. */
    private static final int TYPING_MILLIS = 1_500;
    /** How often lines that have come are shown: a text that grows line by line takes all of the event thread in a storm. */
    private static final int SHOW_MILLIS = 50;
    /** Lines that are shown at once: what who joins is to see, and no more, as to lay out a hundred takes a tenth of a second. */
    private static final int MAX_COMING = Keys.CHAT_LINES;
    /** Lines shown; the oldest go. */
    private static final int MAX_LINES = 200;
    /** Of the event thread, lines that come take a tenth at most: they wait ten times as long as the last took. */
    private static final int SHARE = 10;

    private final transient Meeting meeting;
    private final transient LongSupplier nanoTime;
    private final JTextPane lines = new JTextPane();
    private final JTextField text = Ui.field("chat-text", "Say something");
    private final JComboBox<Recipient> to = Ui.choice("chat-to", "To whom");
    private final JLabel typing = Ui.quiet("chat-typing", " ");
    private final JLabel notice = Ui.label("chat-notice", "");
    private final Timer notTyping;
    private final Timer showing = new Timer(SHOW_MILLIS, event -> showLines());
    private final transient Deque<ChatLine> coming = new ArrayDeque<>();
    /** How many lines have come and gone since lines were shown last. */
    private int unseen;
    private final transient List<Shown> shown = new ArrayList<>();

    /**
     * To whom something is said.
     *
     * @param id null for all who are in the same room
     * @param place which room that is, as the meeting knows it; empty if it is one alone
     * @param label their name
     * @param here false if they were chosen, and are not to be had any more
     */
    private record Recipient(ParticipantId id, String place, String label, boolean here) {
        boolean isSameAs(Recipient other) {
            return Objects.equals(id, other.id) && place.equals(other.place);
        }

        Recipient gone() {
            return new Recipient(id, place, label, false);
        }

        @Override
        public String toString() {
            return here ? label : label + " (not here)";
        }
    }

    /** A line that is shown. */
    private static final class Shown {
        private final ChatLine line;
        /** Of its characters, the first of what tells whether it was heard, counted from its beginning. */
        private final int heardAt;
        private int heardLength;
        private int length;

        Shown(ChatLine line, int heardAt, int heardLength, int length) {
            this.line = line;
            this.heardAt = heardAt;
            this.heardLength = heardLength;
            this.length = length;
        }
    }

    public ChatView(Meeting meeting, LongSupplier nanoTime) {
        super(new MigLayout("insets 12, fill, wrap 1", "[grow]", "[][grow][][][]"));
        this.meeting = meeting;
        this.nanoTime = nanoTime;
        setOpaque(false);
        notTyping = new Timer(TYPING_MILLIS, event -> meeting.setTyping(false));
        notTyping.setRepeats(false);
        showing.setRepeats(false);
        lines.setEditable(false);
        Ui.named(lines, "chat-lines", "Chat");
        add(Ui.hint("chat-hint", "To everyone: session data, which late joiners see for " + Keys.CHAT_LIFETIME.toMinutes()
                + " minutes. To one or a breakout room: app-messages."), "growx, wmin 0");
        add(new JScrollPane(lines), "grow, wmin 0, hmin 60");
        add(typing, "growx, wmin 0");
        notice.setForeground(UIManager.getColor("Parlor.bad"));
        add(notice, "growx, wmin 0, hidemode 3");
        add(to, "split 3, width 90:110:130");
        add(text, "growx, pushx, wmin 60");
        add(Ui.iconButton("chat-send", "Send", MaterialDesignS.SEND, this::send));
        text.addActionListener(event -> send());
        text.getDocument().addDocumentListener(new Typing());
    }

    public void show(MeetingState state) {
        List<String> names = state.typing();
        typing.setText(names.isEmpty() ? " " : String.join(", ", names) + (names.size() == 1 ? " is" : " are") + " writing…");
        List<Recipient> recipients = new ArrayList<>();
        String place = meeting.place();
        recipients.add(new Recipient(null, place, place.isEmpty() ? "Everyone" : "Breakout room", true));
        state.people().stream().filter(person -> !person.me())
                .forEach(person -> recipients.add(new Recipient(person.id(), "", person.name(), true)));
        Recipient chosen = (Recipient) to.getSelectedItem();
        if (chosen == null) {
            Ui.offer(to, recipients);
            return;
        }
        Recipient now = recipients.stream().filter(chosen::isSameAs).findFirst().orElse(null);
        if (now == null && (chosen.id() != null || !text.getText().isBlank())) {
            // Nobody is put in the place of who was chosen: what is being written may not be for others.
            now = chosen.gone();
            recipients.add(now);
        }
        Ui.offer(to, recipients);
        to.setSelectedItem(now == null ? recipients.get(0) : now);
    }

    /** Takes down a line, to be shown in a moment. */
    public void say(ChatLine line) {
        coming.addLast(line);
        if (coming.size() > MAX_COMING) {
            coming.removeFirst();
            unseen++;
        }
        showing.start();
    }

    private void showLines() {
        long begin = nanoTime.getAsLong();
        StyledDocument document = lines.getStyledDocument();
        try {
            List<Shown> oldest = shown.subList(0, Math.max(0, shown.size() + coming.size() - MAX_LINES));
            document.remove(0, length(oldest));
            oldest.clear();
            for (ChatLine line : coming) {
                int place = line.placeAmong(shown.stream().map(each -> each.line).toList());
                shown.add(place, insert(document, length(shown.subList(0, place)), line));
            }
        } catch (BadLocationException e) {
            throw new IllegalStateException(e);
        }
        coming.clear();
        lines.setCaretPosition(document.getLength());
        int took = (int) TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - begin);
        showing.setInitialDelay(Math.max(SHOW_MILLIS, took * SHARE));
    }

    private static int length(List<Shown> lines) {
        return lines.stream().mapToInt(each -> each.length).sum();
    }

    private Shown insert(StyledDocument document, int begin, ChatLine line) throws BadLocationException {
        int at = begin;
        if (unseen > 0) {
            at = insert(document, at, "… " + unseen + " more went by\n\n", quiet());
            unseen = 0;
        }
        String place = switch (line.kind()) {
            case ROOM -> line.to().isEmpty() ? "" : line.mine() ? " to " + line.to() : " to you alone";
            case BREAKOUT -> " in the breakout room";
            case ANNOUNCEMENT -> " to all rooms";
        };
        SimpleAttributeSet name = new SimpleAttributeSet();
        StyleConstants.setBold(name, true);
        StyleConstants.setForeground(name, Ui.accent());
        at = insert(document, at, (line.mine() ? "You" : line.from()) + place, name);
        int heardAt = insert(document, at, "  " + CLOCK.format(line.at().atZone(ZoneId.systemDefault())), quiet());
        at = insert(document, heardAt, told(line.heard()), quiet());
        int heardLength = at - heardAt;
        at = insert(document, at, "\n" + line.text() + "\n\n", new SimpleAttributeSet());
        return new Shown(line, heardAt - begin, heardLength, at - begin);
    }

    private static String told(ChatLine.Heard heard) {
        return switch (heard) {
            case NOT_YET -> " · …";
            case BY_ALL -> "";
            case BY_NOBODY -> " · heard by nobody: you are alone";
            case KEPT -> " · nobody was here; kept for late joiners";
            case UNCERTAIN -> " · perhaps not heard by all";
        };
    }

    /** It is known now whether a line of ours was heard. */
    public void delivered(int number, ChatLine.Heard heard) {
        // Else it would be shown later, as it was.
        showLines();
        StyledDocument document = lines.getStyledDocument();
        int at = 0;
        for (Shown each : shown) {
            if (each.line.number() == number) {
                try {
                    document.remove(at + each.heardAt, each.heardLength);
                    document.insertString(at + each.heardAt, told(heard), quiet());
                } catch (BadLocationException e) {
                    throw new IllegalStateException(e);
                }
                each.length += told(heard).length() - each.heardLength;
                each.heardLength = told(heard).length();
                return;
            }
            at += each.length;
        }
    }

    private static SimpleAttributeSet quiet() {
        SimpleAttributeSet quiet = new SimpleAttributeSet();
        StyleConstants.setForeground(quiet, Ui.quietColour());
        return quiet;
    }

    /** Returns where what was inserted ends. */
    private static int insert(StyledDocument document, int at, String what, SimpleAttributeSet style) throws BadLocationException {
        document.insertString(at, what, style);
        return at + what.length();
    }

    private void send() {
        String said = text.getText().strip();
        if (said.isEmpty()) {
            return;
        }
        Recipient recipient = (Recipient) to.getSelectedItem();
        boolean sent = recipient.here()
                && (recipient.id() == null ? meeting.say(said, recipient.place()) : meeting.sayTo(recipient.id(), said));
        if (!sent) {
            // The text stays, for whoever is chosen next. The box may not have shown yet that they are gone.
            show(meeting.state());
            notice.setText(((Recipient) to.getSelectedItem()).here() ? "Not sent; the inspector's log says why." : "Not sent: choose who is to hear it.");
            // Not the box: in it the next letter that is typed would choose another.
            text.requestFocusInWindow();
            return;
        }
        notice.setText("");
        text.setText("");
        meeting.setTyping(false);
        notTyping.stop();
    }

    /** Ends what runs by itself. */
    public void stop() {
        showing.stop();
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
