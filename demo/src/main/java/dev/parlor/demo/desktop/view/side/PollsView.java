package dev.parlor.demo.desktop.view.side;

import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.PollView;
import dev.parlor.demo.desktop.view.part.Cards;
import dev.parlor.demo.desktop.view.part.ScrollablePanel;
import dev.parlor.demo.desktop.view.part.Ui;
import dev.parlor.demo.desktop.view.part.WrappedLabel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class PollsView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Meeting meeting;
    private final JTextField question = Ui.field("poll-question", "What do you want to know?");
    private final JTextField options = Ui.field("poll-options", "Answers, separated by commas");
    private final JPanel list = new ScrollablePanel(new MigLayout("insets 0, wrap 1, fillx", "[grow]"));
    private final JLabel none = Ui.quiet("poll-none", "No polls yet. Everybody here can start one.");
    /** By poll and its number of answers: with other answers it is another card. */
    private final transient Cards<String, PollCard> cards = new Cards<>(list);
    private transient List<PollView> shown;

    public PollsView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 1", "[grow]", "[][][][][grow]"));
        this.meeting = meeting;
        setOpaque(false);
        add(question, "growx, wmin 0");
        add(options, "growx, wmin 0");
        add(Ui.primary(Ui.button("poll-create", "Start poll", MaterialDesignP.POLL, this::create)), "right");
        add(Ui.hint("poll-hint", "Session data: all have it, late joiners too. Each vote has a key of its own, so that none is "
                + "lost."), "growx, wmin 0");
        add(Ui.scroll(list), "grow, wmin 0, hmin 60");
        options.addActionListener(event -> create());
        question.addActionListener(event -> options.requestFocusInWindow());
    }

    public void show(MeetingState state) {
        if (state.polls().equals(shown)) {
            return;
        }
        shown = state.polls();
        Map<String, PollView> byCard = new LinkedHashMap<>();
        shown.forEach(poll -> byCard.put(poll.id() + "/" + poll.options().size(), poll));
        List<PollCard> now = cards.show(List.copyOf(byCard.keySet()), key -> new PollCard(meeting, byCard.get(key)), none);
        for (int i = 0; i < now.size(); i++) {
            now.get(i).show(shown.get(i));
        }
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

        private final WrappedLabel title = Ui.wrappedTitle("poll-title");
        private final JLabel below = Ui.quiet("poll-below", "");
        private final transient List<OptionBar> bars;
        private final JButton close;
        private boolean closed;

        PollCard(Meeting meeting, PollView poll) {
            super(new MigLayout("insets 10, wrap 1, fillx", "[grow]"));
            Ui.asCard(this);
            setFocusable(true);
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

        public void show(PollView poll) {
            closed = poll.closed();
            title.say(poll.question());
            for (int i = 0; i < bars.size(); i++) {
                PollView.Option option = poll.options().get(i);
                bars.get(i).show(option.text(), option.votes(), poll.share(option), option.mine());
                Ui.enable(bars.get(i), !closed, this);
            }
            below.setText(poll.votes() + (poll.votes() == 1 ? " vote" : " votes") + " · asked by " + poll.by()
                    + (closed ? " · closed" : ""));
            close.setText(closed ? "Reopen" : "Close");
        }
    }
}
