package dev.parlor.demo.desktop.view;

import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.MeetingState;
import dev.parlor.demo.desktop.model.PollView;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** Polls: session data, a key for each vote. */
final class PollsView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Meeting meeting;
    private final JTextField question = Ui.field("poll-question", "What do you want to know?");
    private final JTextField options = Ui.field("poll-options", "Answers, separated by commas");
    private final JPanel list = new ScrollablePanel(new MigLayout("insets 0, wrap 1, fillx", "[grow]"));
    private transient List<PollView> shown = List.of();

    PollsView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 1", "[grow]", "[][][][][grow]"));
        this.meeting = meeting;
        setOpaque(false);
        add(question, "growx, wmin 0");
        add(options, "growx, wmin 0");
        add(Ui.primary(Ui.button("poll-create", "Start poll", MaterialDesignP.POLL, this::create)), "right");
        add(Ui.quiet("poll-hint", "<html>Session data: all have it, late joiners too. Each vote has a key of its own, so that none is "
                + "lost.</html>"), "growx, wmin 0");
        add(Ui.scroll(list), "grow, wmin 0, hmin 60");
        options.addActionListener(event -> create());
        question.addActionListener(event -> options.requestFocusInWindow());
    }

    void show(MeetingState state) {
        if (state.polls().equals(shown)) {
            return;
        }
        // New components only if there are other polls, so that a vote elsewhere takes nobody's focus.
        if (!shape(shown).equals(shape(state.polls()))) {
            list.removeAll();
            state.polls().forEach(poll -> list.add(new PollCard(meeting, poll), "growx, wmin 0"));
            if (state.polls().isEmpty()) {
                list.add(Ui.quiet("poll-none", "No polls yet. Everybody here can start one."), "growx, wmin 0");
            }
            list.revalidate();
        }
        shown = state.polls();
        for (int i = 0; i < shown.size(); i++) {
            ((PollCard) list.getComponent(i)).show(shown.get(i));
        }
        list.repaint();
    }

    private static List<String> shape(List<PollView> polls) {
        return polls.isEmpty() ? List.of("none") : polls.stream().map(poll -> poll.id() + poll.options().size()).toList();
    }

    private void create() {
        List<String> answers = Stream.of(options.getText().split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
        if (question.getText().isBlank()) {
            question.requestFocusInWindow();
        } else if (answers.size() < 2) {
            options.requestFocusInWindow();
        } else {
            meeting.createPoll(question.getText().strip(), answers);
            question.setText("");
            options.setText("");
        }
    }

    /** One poll. */
    private static final class PollCard extends JPanel {
        private static final long serialVersionUID = 1L;

        private final JLabel title = Ui.title("poll-title", "");
        private final JLabel below = Ui.quiet("poll-below", "");
        private final transient List<OptionBar> bars;
        private final JButton close;
        private boolean closed;

        PollCard(Meeting meeting, PollView poll) {
            super(new MigLayout("insets 10, wrap 1, fillx", "[grow]"));
            Ui.asCard(this);
            setName("poll-" + poll.question());
            add(title, "growx, wmin 0");
            bars = IntStream.range(0, poll.options().size()).mapToObj(i -> {
                OptionBar bar = new OptionBar();
                bar.setName("vote-" + poll.options().get(i).text());
                bar.addActionListener(event -> meeting.vote(poll.id(), i));
                add(bar, "growx, wmin 0, height 32!");
                return bar;
            }).toList();
            add(below, "split 2, growx, pushx, wmin 0");
            close = Ui.button("poll-close", "Close", MaterialDesignL.LOCK, () -> meeting.closePoll(poll.id(), !closed));
            add(close);
        }

        void show(PollView poll) {
            closed = poll.closed();
            title.setText("<html>" + Ui.escape(poll.question()) + "</html>");
            for (int i = 0; i < bars.size(); i++) {
                PollView.Option option = poll.options().get(i);
                bars.get(i).show(option.text(), option.votes(), poll.share(option), option.mine(), !closed);
            }
            below.setText(poll.votes() + (poll.votes() == 1 ? " vote" : " votes") + " · asked by " + poll.by()
                    + (closed ? " · closed" : ""));
            close.setText(closed ? "Reopen" : "Close");
        }
    }
}
