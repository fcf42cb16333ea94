package dev.parlor.demo.desktop.view.side;

import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.QuestionView;
import dev.parlor.demo.desktop.view.part.Cards;
import dev.parlor.demo.desktop.view.part.ScrollablePanel;
import dev.parlor.demo.desktop.view.part.Ui;
import dev.parlor.demo.desktop.view.part.WrappedLabel;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** Questions to the session: session data, a key for each up-vote. */
public final class QuestionsView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Meeting meeting;
    private final JTextField text = Ui.field("question-text", "Ask the session");
    private final JPanel list = new ScrollablePanel(new MigLayout("insets 0, wrap 1, fillx", "[grow]"));
    private final JLabel none = Ui.quiet("question-none", "No questions yet.");
    private final transient Cards<String, QuestionCard> cards = new Cards<>(list);
    private transient List<QuestionView> shown;

    public QuestionsView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 2", "[grow][]", "[][][grow]"));
        this.meeting = meeting;
        setOpaque(false);
        add(text, "growx, wmin 0");
        add(Ui.iconButton("question-ask", "Ask", MaterialDesignH.HELP_CIRCLE_OUTLINE, this::ask));
        add(Ui.hint("question-hint", "Session data, with a key for each vote."), "span, growx, wmin 0");
        add(Ui.scroll(list), "span, grow, wmin 0, hmin 60");
        text.addActionListener(event -> ask());
    }

    public void show(MeetingState state) {
        if (state.questions().equals(shown)) {
            return;
        }
        shown = state.questions();
        List<QuestionCard> now = cards.show(shown.stream().map(QuestionView::id).toList(), id -> new QuestionCard(meeting), none);
        for (int i = 0; i < now.size(); i++) {
            now.get(i).show(shown.get(i));
        }
    }

    private void ask() {
        if (!text.getText().isBlank()) {
            meeting.ask(text.getText());
            text.setText("");
        }
    }

    /** One question. */
    private static final class QuestionCard extends JPanel {
        private static final long serialVersionUID = 1L;

        private final JToggleButton up = Ui.toggle("upvote", "", MaterialDesignT.THUMB_UP);
        private final WrappedLabel line = Ui.wrapped("question-line", "");
        private final JLabel by = Ui.quiet("question-by", "");
        private final JButton answered;
        private transient QuestionView question;

        QuestionCard(Meeting meeting) {
            super(new MigLayout("insets 10, fillx", "[][grow][]"));
            Ui.asCard(this);
            setFocusable(true);
            up.addActionListener(event -> meeting.upvote(question.id(), up.isSelected()));
            answered = Ui.iconButton("answered", "Answered", MaterialDesignC.CHECK,
                    () -> meeting.markAnswered(question.id(), !question.answered()));
            add(up, "spany 2");
            add(line, "growx, wmin 0");
            add(answered, "spany 2, wrap");
            add(by, "growx, wmin 0");
        }

        public void show(QuestionView now) {
            question = now;
            setName("question-" + now.text());
            up.setText(Integer.toString(now.upvotes()));
            Ui.named(up, "upvote-" + now.text(), "Vote for: " + now.text());
            up.setSelected(now.mine());
            Ui.enable(up, !now.answered(), this);
            if (now.answered()) {
                line.sayDone(now.text());
            } else {
                line.say(now.text());
            }
            String action = now.answered() ? "Open again" : "Answered";
            Ui.named(answered, "answered-" + now.text(), action);
            answered.setToolTipText(action);
            by.setName("question-by-" + now.text());
            by.setText(now.by() + (now.answered() ? " · answered" : ""));
        }
    }
}
