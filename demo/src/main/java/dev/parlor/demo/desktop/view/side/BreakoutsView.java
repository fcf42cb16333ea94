package dev.parlor.demo.desktop.view.side;

import dev.parlor.Participant;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.shown.BreakoutView;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.Person;
import dev.parlor.demo.desktop.view.part.Cards;
import dev.parlor.demo.desktop.view.part.ScrollablePanel;
import dev.parlor.demo.desktop.view.part.Ui;
import dev.parlor.demo.desktop.view.part.WrappedLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class BreakoutsView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Meeting meeting;
    private final JTextField name = Ui.field("breakout-name", "Name of a new breakout room");
    private final JTextField announcement = Ui.field("breakout-announcement", "Say something to all rooms");
    private final WrappedLabel mine = Ui.wrapped("breakout-mine", "");
    private final JButton back = Ui.button("breakout-back", "Come back, all", MaterialDesignH.HOME_IMPORT_OUTLINE, this::comeBack);
    private final JButton open = Ui.iconButton("breakout-open", "Open breakout room", MaterialDesignP.PLUS, this::open);
    private final JPanel list = new ScrollablePanel(new MigLayout("insets 0, wrap 1, fillx", "[grow]"));
    private final JLabel none = Ui.quiet("breakout-none", "");
    /** Of breakout rooms and of seats in them, by their ids. */
    private final transient Cards<Object, JPanel> cards = new Cards<>(list);
    private transient Object shown;

    private record Seat(String id, String label) {
        @Override
        public String toString() {
            return label;
        }
    }

    public BreakoutsView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 2", "[grow][]", "[][][][][grow][]"));
        this.meeting = meeting;
        setOpaque(false);
        add(mine, "span, growx, wmin 0");
        add(name, "growx, wmin 0");
        add(open);
        add(announcement, "growx, wmin 0");
        add(Ui.iconButton("breakout-announce", "Say it to all rooms", MaterialDesignB.BULLHORN, this::announce));
        add(Ui.hint("breakout-hint", "Session data says who sits where; each breakout room is a Parlor room of its own."),
                "span, growx, wmin 0");
        add(Ui.scroll(list), "span, grow, wmin 0, hmin 60");
        add(back, "span, growx");
        name.addActionListener(event -> open());
        announcement.addActionListener(event -> announce());
    }

    public void show(MeetingState state) {
        boolean host = state.me().host();
        List<String> there = meeting.breakoutRoom().stream().flatMap(room -> room.participants().stream())
                .filter(who -> !who.local()).map(Participant::name).toList();
        Object all = List.of(state.breakouts(), state.people().stream().map(Person::id).toList(), host, there,
                meeting.breakoutRoom().isPresent(), state.people().stream().map(Person::seat).toList());
        if (all.equals(shown)) {
            return;
        }
        shown = all;
        mine.say(where(state, there));
        Ui.enable(name, host, list);
        Ui.enable(open, host, list);
        Ui.enable(back, host && !state.breakouts().isEmpty(), list);
        none.setText(host ? "No breakout rooms. You are the host: open one." : "No breakout rooms. The host can open some.");
        Map<Object, BreakoutView> rooms = new LinkedHashMap<>();
        state.breakouts().forEach(breakout -> rooms.put(breakout.id(), breakout));
        Map<Object, Person> people = new LinkedHashMap<>();
        if (!rooms.isEmpty()) {
            state.people().forEach(person -> people.put(person.id(), person));
        }
        List<Object> keys = new ArrayList<>(rooms.keySet());
        keys.addAll(people.keySet());
        List<JPanel> now = cards.show(keys, key -> rooms.containsKey(key) ? new RoomCard() : new SeatRow(), none);
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i) instanceof RoomCard room) {
                room.show(rooms.get(keys.get(i)));
            } else if (now.get(i) instanceof SeatRow row) {
                row.show(people.get(keys.get(i)), state.breakouts(), host);
            }
        }
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
        if (!announcement.getText().isBlank() && meeting.announce(announcement.getText().strip())) {
            announcement.setText("");
        }
    }

    /** One breakout room, and who is in it. */
    private static final class RoomCard extends JPanel {
        private static final long serialVersionUID = 1L;

        private final JLabel title = Ui.title("breakout-title", "");
        private final JLabel people = Ui.quiet("breakout-people", "");

        RoomCard() {
            super(new MigLayout("insets 10, fillx, wrap 1", "[grow]"));
            Ui.asCard(this);
            add(title, "growx, wmin 0");
            add(people, "growx, wmin 0");
        }

        public void show(BreakoutView breakout) {
            title.setText(breakout.name());
            String names = breakout.people().stream().map(Person::name).collect(Collectors.joining(", "));
            people.setText(names.isEmpty() ? "nobody" : names);
        }
    }

    /** Where one sits. */
    private final class SeatRow extends JPanel {
        private static final long serialVersionUID = 1L;

        private final JLabel who = Ui.label("seat-name", "");
        private final JComboBox<Seat> seat = Ui.choice("seat", "Room");
        private transient Person person;
        private boolean showing;

        SeatRow() {
            super(new MigLayout("insets 0 4 0 4, fillx", "[grow][]"));
            setOpaque(false);
            add(who, "growx, wmin 0");
            add(seat);
            seat.addActionListener(event -> {
                if (!showing && seat.getSelectedItem() instanceof Seat chosen) {
                    meeting.assign(person.id(), chosen.id());
                }
            });
        }

        public void show(Person now, List<BreakoutView> breakouts, boolean host) {
            person = now;
            who.setText(now.name() + (now.me() ? " (you)" : ""));
            Ui.named(seat, "seat-" + now.name(), "Room of " + now.name());
            List<Seat> seats = new ArrayList<>(List.of(new Seat("", "Main room")));
            breakouts.forEach(breakout -> seats.add(new Seat(breakout.id(), breakout.name())));
            showing = true;
            try {
                Ui.offer(seat, seats);
                seats.stream().filter(each -> each.id().equals(now.seat())).findFirst().ifPresent(seat::setSelectedItem);
            } finally {
                showing = false;
            }
            Ui.enable(seat, host, list);
        }
    }
}
