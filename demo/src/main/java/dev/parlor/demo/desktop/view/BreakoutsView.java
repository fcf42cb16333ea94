package dev.parlor.demo.desktop.view;

import dev.parlor.Participant;
import dev.parlor.demo.desktop.model.BreakoutView;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.MeetingState;
import dev.parlor.demo.desktop.model.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/**
 * Breakout rooms: session data says which there are and who sits where, and each program joins and leaves real rooms as it
 * says. The host sends people; everybody sees it.
 */
final class BreakoutsView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Meeting meeting;
    private final JTextField name = Ui.field("breakout-name", "Name of a new breakout room");
    private final JTextField announcement = Ui.field("breakout-announcement", "Say something to all rooms");
    private final JLabel mine = Ui.label("breakout-mine", "");
    private final JButton back = Ui.button("breakout-back", "Come back, all", MaterialDesignH.HOME_IMPORT_OUTLINE, this::comeBack);
    private final JButton open = Ui.iconButton("breakout-open", "Open breakout room", MaterialDesignP.PLUS, this::open);
    private final JPanel list = new ScrollablePanel(new MigLayout("insets 0, wrap 1, fillx", "[grow]"));
    private transient Object shown;

    private record Seat(String id, String label) {
        @Override
        public String toString() {
            return label;
        }
    }

    BreakoutsView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 2", "[grow][]", "[][][][][grow][]"));
        this.meeting = meeting;
        setOpaque(false);
        add(mine, "span, growx, wmin 0");
        add(name, "growx, wmin 0");
        add(open);
        add(announcement, "growx, wmin 0");
        add(Ui.iconButton("breakout-announce", "Say it to all rooms", MaterialDesignB.BULLHORN, this::announce));
        add(Ui.quiet("breakout-hint", "<html>Session data says who sits where; each breakout room is a Parlor room of its own.</html>"),
                "span, growx, wmin 0");
        add(Ui.scroll(list), "span, grow, wmin 0, hmin 60");
        add(back, "span, growx");
        name.addActionListener(event -> open());
        announcement.addActionListener(event -> announce());
    }

    void show(MeetingState state) {
        boolean host = state.me().host();
        List<String> there = meeting.breakoutRoom().stream().flatMap(room -> room.participants().stream())
                .filter(who -> !who.local()).map(Participant::name).toList();
        Object now = List.of(state.breakouts(), state.people().stream().map(Person::id).toList(), host, there,
                meeting.breakoutRoom().isPresent(), state.people().stream().map(Person::seat).toList());
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        mine.setText("<html>" + Ui.escape(where(state, there)) + "</html>");
        name.setEnabled(host);
        open.setEnabled(host);
        back.setEnabled(host && !state.breakouts().isEmpty());
        list.removeAll();
        state.breakouts().forEach(breakout -> list.add(card(breakout), "growx, wmin 0"));
        if (!state.breakouts().isEmpty()) {
            state.people().forEach(person -> list.add(seatOf(person, state.breakouts(), host), "growx, wmin 0"));
        } else {
            list.add(Ui.quiet("breakout-none", host ? "No breakout rooms. You are the host: open one."
                    : "No breakout rooms. The host can open some."), "growx, wmin 0");
        }
        list.revalidate();
        list.repaint();
    }

    private String where(MeetingState state, List<String> there) {
        String seat = state.me().seat();
        if (seat.isEmpty()) {
            return "You are in the main room.";
        }
        String room = state.breakouts().stream().filter(each -> each.id().equals(seat)).map(BreakoutView::name).findFirst()
                .orElse("a breakout room");
        if (meeting.breakoutRoom().isEmpty()) {
            return "Going to " + room + "…";
        }
        return "You are in " + room + (there.isEmpty() ? ", alone." : " with " + String.join(", ", there) + ".");
    }

    private static JPanel card(BreakoutView breakout) {
        JPanel card = Ui.card(new MigLayout("insets 10, fillx, wrap 1", "[grow]"));
        card.add(Ui.title("breakout-title", breakout.name()), "growx, wmin 0");
        String people = breakout.people().stream().map(Person::name).collect(Collectors.joining(", "));
        card.add(Ui.quiet("breakout-people", people.isEmpty() ? "nobody" : people), "growx, wmin 0");
        return card;
    }

    private JPanel seatOf(Person person, List<BreakoutView> breakouts, boolean host) {
        JPanel row = Ui.clear(new MigLayout("insets 0 4 0 4, fillx", "[grow][]"));
        row.add(Ui.label("seat-name", person.name() + (person.me() ? " (you)" : "")), "growx, wmin 0");
        List<Seat> seats = new ArrayList<>();
        seats.add(new Seat("", "Main room"));
        breakouts.forEach(breakout -> seats.add(new Seat(breakout.id(), breakout.name())));
        JComboBox<Seat> seat = Ui.named(new JComboBox<>(seats.toArray(new Seat[0])), "seat-" + person.name(),
                "Room of " + person.name());
        seats.stream().filter(each -> each.id().equals(person.seat())).findFirst().ifPresent(seat::setSelectedItem);
        seat.setEnabled(host);
        seat.addActionListener(event -> meeting.assign(person.id(), ((Seat) seat.getSelectedItem()).id()));
        row.add(seat);
        return row;
    }

    private void open() {
        if (!name.getText().isBlank()) {
            meeting.openBreakout(name.getText());
            name.setText("");
        }
    }

    private void comeBack() {
        meeting.comeBackAll();
    }

    private void announce() {
        if (!announcement.getText().isBlank()) {
            meeting.announce(announcement.getText().strip());
            announcement.setText("");
        }
    }
}
