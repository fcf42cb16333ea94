package dev.parlor.demo.desktop.view.inspector;

import dev.parlor.demo.desktop.model.InspectorModel;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.Person;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import dev.parlor.demo.desktop.net.Plug;
import dev.parlor.demo.desktop.view.part.Ui;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The drawer that shows the room as Parlor sees it, and lets a person break things and watch them heal. */
public final class InspectorView extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int REFRESH_MILLIS = 250;
    private static final int REFRESHES_A_SAMPLE = 4;
    private static final int MAX_LOG_LINES = 300;

    private final transient Meeting meeting;
    private final transient InspectorModel model;
    private final transient LongSupplier nanoTime;
    private final EntriesTable entries = new EntriesTable();
    private final JTextField filter = Ui.field("inspector-filter", "Filter by key");
    private final JLabel count = Ui.quiet("inspector-count", "");
    private final JLabel summary = Ui.label("inspector-summary", "");
    private final JTextArea log = Ui.named(new JTextArea(), "inspector-log", "Log of events");
    private final JTextArea people = Ui.named(new JTextArea(), "inspector-people", "Participants");
    private final RatePlot operations = RatePlot.ofOperations();
    private final RatePlot bytes = RatePlot.ofBytes();
    private final JToggleButton plug;
    private final JButton kill;
    private final Timer refresh = new Timer(REFRESH_MILLIS, event -> refresh());
    private final transient Deque<String> logLines = new ArrayDeque<>();
    private transient MeetingState state;
    private boolean logShown;
    private int refreshes;

    /** @param canBreak whether the network can be paused and others be ended: only among windows of this machine */
    public InspectorView(Meeting meeting, InspectorModel model, LongSupplier nanoTime, boolean canBreak) {
        super(new MigLayout("insets 10 12 10 12, fill", "[grow][280!]", "[][grow][]"));
        this.meeting = meeting;
        this.model = model;
        this.nanoTime = nanoTime;
        plug = Ui.toggle("pause-network", "Pause my network", MaterialDesignL.LAN_DISCONNECT);
        plug.addActionListener(event -> Plug.pull(plug.isSelected()));
        plug.setSelected(Plug.isPulled());
        plug.setEnabled(canBreak);
        kill = Ui.button("kill-window", "Kill a window", MaterialDesignS.SKULL, this::chooseVictim);
        kill.setEnabled(canBreak);
        log.setEditable(false);
        people.setEditable(false);
        log.setFont(entries.getFont());
        people.setFont(entries.getFont());

        JTabbedPane tabs = Ui.named(new JTabbedPane(), "inspector-tabs", "Inspector");
        tabs.addTab("Session data", data());
        tabs.addTab("Participants", new JScrollPane(people));
        tabs.addTab("Events", new JScrollPane(log));
        add(summary, "span, growx, wmin 0, wrap");
        add(tabs, "grow, wmin 0, hmin 100");
        JPanel side = Ui.clear(new MigLayout("insets 0, fill, wrap 1", "[grow]", "[grow][grow][][][]"));
        side.add(operations, "grow, hmin 40");
        side.add(bytes, "grow, hmin 40");
        side.add(plug, "growx");
        side.add(Ui.button("write-same-key", "All write one key", MaterialDesignP.PENCIL, meeting::writeTheSameKey), "growx");
        side.add(kill, "growx");
        add(side, "grow, wrap");
    }

    private JPanel data() {
        JPanel data = Ui.clear(new MigLayout("insets 4 0 0 0, fill, wrap 2", "[grow][]", "[][grow]"));
        data.add(filter, "growx, wmin 0");
        data.add(count);
        data.add(new JScrollPane(entries), "span, grow, wmin 0, hmin 40");
        return data;
    }

    /** Begins to follow the room: also while the drawer is shut, so that the plot has no hole. */
    public void start() {
        refresh.start();
    }

    public void stop() {
        refresh.stop();
    }

    public void show(MeetingState now) {
        state = now;
        StringBuilder text = new StringBuilder();
        for (Person person : now.people()) {
            text.append(person.name()).append(person.me() ? " (you)" : "").append(person.host() ? ", host" : "")
                    .append("  ").append(person.id()).append("  since ").append(person.joinedAt())
                    .append("  ").append(person.presence()).append('\n');
        }
        if (!people.getText().contentEquals(text)) {
            people.setText(text.toString());
        }
    }

    /** Takes down a line; shown at the next refresh, since a text area that grows line by line took all of the event thread. */
    public void log(String line) {
        logLines.addLast(TextLimits.shown(line, TextLimits.TEXT));
        if (logLines.size() > MAX_LOG_LINES) {
            logLines.removeFirst();
        }
        logShown = false;
    }

    private void showLog() {
        if (!logShown && log.isShowing()) {
            log.setText(String.join("\n", logLines));
            log.setCaretPosition(log.getDocument().getLength());
            logShown = true;
        }
    }

    private void sample() {
        model.sample(nanoTime.getAsLong());
        operations.show(model.samples());
        bytes.show(model.samples());
    }

    private void refresh() {
        if (isShowing()) {
            InspectorModel.Rows rows = model.rows(filter.getText());
            entries.show(rows.rows());
            count.setText(rows.matching() > rows.rows().size() ? rows.rows().size() + " of " + rows.matching()
                    : rows.matching() + (rows.matching() == 1 ? " entry" : " entries"));
            summary.setText(model.summary());
            showLog();
        }
        if (++refreshes % REFRESHES_A_SAMPLE == 0) {
            sample();
        }
    }

    private void chooseVictim() {
        JPopupMenu menu = new JPopupMenu();
        state.people().stream().filter(person -> !person.me())
                .forEach(person -> Ui.item(menu, "kill-" + person.name(), person.name(), () -> meeting.crash(person.id())));
        if (menu.getComponentCount() == 0) {
            menu.add("Nobody else is here").setEnabled(false);
        }
        menu.show(kill, 0, -menu.getPreferredSize().height);
    }
}
