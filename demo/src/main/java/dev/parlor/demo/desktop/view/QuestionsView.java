package dev.parlor.demo.desktop.view;

import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.MeetingState;
import dev.parlor.demo.desktop.model.QuestionView;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** Questions to the session: session data, a key for each up-vote. */
final class QuestionsView extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Meeting meeting;
    private final JTextField text = Ui.field("question-text", "Ask the session");
    private final JPanel list = new ScrollablePanel(new MigLayout("insets 0, wrap 1, fillx", "[grow]"));
    private transient List<QuestionView> shown;

    QuestionsView(Meeting meeting) {
        super(new MigLayout("insets 12, fill, wrap 2", "[grow][]", "[][][grow]"));
        this.meeting = meeting;
        setOpaque(false);
        add(text, "growx, wmin 0");
        add(Ui.iconButton("question-ask", "Ask", MaterialDesignH.HELP_CIRCLE_OUTLINE, this::ask));
        add(Ui.quiet("question-hint", "<html>Session data, with a key for each vote.</html>"), "span, growx, wmin 0");
        add(Ui.scroll(list), "span, grow, wmin 0, hmin 60");
        text.addActionListener(event -> ask());
    }

    void show(MeetingState state) {
        if (state.questions().equals(shown)) {
            return;
        }
        shown = state.questions();
        list.removeAll();
        shown.forEach(question -> list.add(card(question), "growx, wmin 0"));
        if (shown.isEmpty()) {
            list.add(Ui.quiet("question-none", "No questions yet."), "growx");
        }
        list.revalidate();
        list.repaint();
    }

    private JPanel card(QuestionView question) {
        JPanel card = Ui.card(new MigLayout("insets 10, fillx", "[][grow][]"));
        card.setName("question-" + question.text());
        JToggleButton up = Ui.toggle("upvote-" + question.text(), Integer.toString(question.upvotes()),
                MaterialDesignT.THUMB_UP);
        up.getAccessibleContext().setAccessibleName("Vote for: " + question.text());
        up.setSelected(question.mine());
        up.setEnabled(!question.answered());
        up.addActionListener(event -> meeting.upvote(question.id(), up.isSelected()));
        card.add(up, "spany 2");
        String body = Ui.escape(question.text());
        card.add(Ui.label("question-line", "<html>" + (question.answered() ? "<s>" + body + "</s>" : body) + "</html>"),
                "growx, wmin 0");
        JButton answered = Ui.iconButton("answered-" + question.text(), question.answered() ? "Open again" : "Answered",
                MaterialDesignC.CHECK, () -> meeting.markAnswered(question.id(), !question.answered()));
        card.add(answered, "spany 2, wrap");
        card.add(Ui.quiet("question-by-" + question.text(), question.by() + (question.answered() ? " · answered" : "")), "growx, wmin 0");
        return card;
    }

    private void ask() {
        if (!text.getText().isBlank()) {
            meeting.ask(text.getText());
            text.setText("");
        }
    }
}
