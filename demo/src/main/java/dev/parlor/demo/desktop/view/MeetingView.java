package dev.parlor.demo.desktop.view;

import com.formdev.flatlaf.FlatClientProperties;
import dev.parlor.ParticipantId;
import dev.parlor.RoomStatus;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.MeetingListener;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.TextLimits;
import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.demo.desktop.state.Scene;
import dev.parlor.demo.desktop.view.inspector.InspectorView;
import dev.parlor.demo.desktop.view.part.Icons;
import dev.parlor.demo.desktop.view.part.Theme;
import dev.parlor.demo.desktop.view.part.ThemeIcon;
import dev.parlor.demo.desktop.view.part.Ui;
import dev.parlor.demo.desktop.view.part.WrappedLabel;
import dev.parlor.demo.desktop.view.side.BreakoutsView;
import dev.parlor.demo.desktop.view.side.ChatView;
import dev.parlor.demo.desktop.view.side.PollsView;
import dev.parlor.demo.desktop.view.side.QuestionsView;
import dev.parlor.demo.desktop.view.stage.StageView;
import java.awt.Color;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.Timer;
import javax.swing.UIManager;
import net.miginfocom.swing.MigLayout;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** A room: the stage in the middle, talk and work beside it, what one does below, and the inspector as a drawer. */
final class MeetingView extends JPanel implements MeetingListener {
    private static final long serialVersionUID = 1L;
    /** How often the window shows what has changed: thousands of changes a second are shown as twenty. */
    private static final int SHOW_MILLIS = 50;
    private static final double DRAWER = 0.5;

    private final Timer showing = new Timer(SHOW_MILLIS, event -> showState());
    private final JLabel title = Ui.title("room-title", "");
    private final JLabel status = Ui.label("room-status", "");
    private final JButton whyAlone;
    private final WrappedLabel banner = Ui.wrapped("banner", "");
    private final JPanel bannerCard = Ui.card(new MigLayout("insets 8 14 8 14, fillx", "[][grow][]"));
    private final JTextField bannerText = Ui.field("banner-text", "A message for the whole session");
    private final JTextField myStatus = Ui.field("my-status", "What are you doing?", TextLimits.STATUS);
    private final JToggleButton hand = Ui.toggle("raise-hand", "Raise hand", MaterialDesignH.HAND_BACK_RIGHT);
    private final JToggleButton pointer = Ui.toggle("share-pointer", "Point", MaterialDesignC.CURSOR_DEFAULT_CLICK);
    private final JToggleButton drawer = Ui.toggle("inspector", "Inspector", MaterialDesignM.MAGNIFY);
    private final transient Map<Scene, JToggleButton> scenes = new EnumMap<>(Scene.class);
    private final JSplitPane split = new JSplitPane(JSplitPane.VERTICAL_SPLIT);
    private transient Meeting meeting;
    private transient Consumer<String> titles;
    private StageView stage;
    private ChatView chat;
    private PollsView polls;
    private QuestionsView questions;
    private BreakoutsView breakouts;
    private InspectorView inspector;
    private JTabbedPane tabs;
    private int unheard;
    private boolean stopped;

    /**
     * @param examine shows why nobody else is here
     */
    MeetingView(Runnable examine) {
        super(new MigLayout("insets 12, fill, wrap 1", "[grow]"));
        whyAlone = Ui.button("why-alone", "Why am I alone?", MaterialDesignS.STETHOSCOPE, examine);
        showing.setRepeats(false);
        showing.setInitialDelay(SHOW_MILLIS);
    }

    /** Shows a meeting. Once. */
    void open(Meeting joined, InspectorView drawerView, StageView stageView, ChatView chatView, Runnable leave,
            Consumer<String> windowTitle) {
        meeting = joined;
        titles = windowTitle;
        stage = stageView;
        inspector = drawerView;
        chat = chatView;
        polls = new PollsView(joined);
        questions = new QuestionsView(joined);
        breakouts = new BreakoutsView(joined);

        add(header(leave), "growx");
        bannerCard.add(new JLabel(new ThemeIcon(MaterialDesignB.BULLHORN, 18)));
        bannerCard.add(banner, "growx, wmin 0");
        bannerCard.add(Ui.iconButton("banner-remove", "Take the message away", MaterialDesignC.CLOSE,
                () -> meeting.setBanner("")));
        add(bannerCard, "growx, hidemode 3");

        tabs = Ui.named(new JTabbedPane(), "tabs", "Talk and work");
        tabs.addTab("Chat", chat);
        tabs.addTab("Polls", polls);
        tabs.addTab("Q&A", questions);
        tabs.addTab("Rooms", breakouts);
        tabs.putClientProperty(FlatClientProperties.TABBED_PANE_TAB_AREA_ALIGNMENT,
                FlatClientProperties.TABBED_PANE_ALIGN_FILL);
        tabs.addChangeListener(event -> heard());
        JPanel middle = Ui.clear(new MigLayout("insets 0, fill", "[grow][330!]", "[grow]"));
        middle.add(stage, "grow, wmin 200, hmin 140");
        middle.add(tabs, "grow, wmin 0, hmin 140");
        split.setTopComponent(middle);
        split.setBorder(null);
        split.setResizeWeight(1);
        showDrawer(false);
        add(split, "grow, push, hmin 0");
        add(toolbar(), "growx");
        inspector.start();
        showState();
    }

    private JPanel header(Runnable leave) {
        JPanel header = Ui.clear(new MigLayout("insets 0, fillx", "[]12[][]push[][]"));
        header.add(title);
        header.add(status);
        header.add(whyAlone, "hidemode 2");
        header.add(bannerText, "width 180:280:340");
        header.add(Ui.iconButton("theme", "Light or dark", MaterialDesignT.THEME_LIGHT_DARK, Theme::toggle));
        JButton leaving = Ui.button("leave", "Leave", MaterialDesignE.EXIT_RUN, leave);
        leaving.putClientProperty(FlatClientProperties.STYLE, "foreground: #fff; background: #D9534F; borderColor: #D9534F");
        header.add(leaving);
        bannerText.addActionListener(event -> {
            // Taken away only by the button for it: Enter in an empty field is most often meant for another.
            if (!bannerText.getText().isBlank()) {
                meeting.setBanner(bannerText.getText());
                bannerText.setText("");
            }
        });
        return header;
    }

    private JPanel toolbar() {
        hand.addActionListener(event -> meeting.raiseHand(hand.isSelected()));
        pointer.addActionListener(event -> stage.setPointing(pointer.isSelected()));
        drawer.addActionListener(event -> showDrawer(drawer.isSelected()));
        myStatus.addActionListener(event -> meeting.setStatus(myStatus.getText()));
        List<JComponent> reactions = new ArrayList<>();
        for (Reaction reaction : Reaction.values()) {
            JButton button = Ui.iconButton("react-" + reaction.name().toLowerCase(Locale.ROOT), reaction.label(),
                    Icons.of(reaction), () -> meeting.react(reaction));
            button.setForeground(Icons.colourOf(reaction));
            reactions.add(button);
        }
        for (Scene scene : Scene.values()) {
            JToggleButton button = Ui.toggle("scene-" + scene.name().toLowerCase(Locale.ROOT), null, Icons.of(scene));
            String label = scene.name().charAt(0) + scene.name().substring(1).toLowerCase(Locale.ROOT);
            Ui.named(button, button.getName(), label);
            button.setToolTipText(label + ", for all");
            button.addActionListener(event -> meeting.show(scene));
            scenes.put(scene, button);
        }
        Ui.oneOf(List.copyOf(scenes.values()));
        JPanel bar = Ui.clear(new MigLayout("insets 0, fillx, aligny top", "[]push[]push[][]"));
        bar.add(group("user data: mine, and gone with me", List.of(hand, myStatus, pointer)));
        bar.add(group("app-messages: for this moment", reactions));
        bar.add(group("session data: the same for all", List.copyOf(scenes.values())));
        bar.add(drawer, "aligny top");
        return bar;
    }

    /** Things to use with a line below that says which of the three kinds of state they are. */
    private static JPanel group(String kind, List<? extends JComponent> things) {
        JPanel group = Ui.clear(new MigLayout("insets 0, gap 4 2"));
        things.forEach(thing -> group.add(thing, thing instanceof JTextField ? "width 110:150:170" : ""));
        JLabel caption = Ui.quiet("kind", kind);
        caption.putClientProperty(FlatClientProperties.STYLE_CLASS, "mini");
        group.add(caption, "newline, span, center");
        return group;
    }

    private void showDrawer(boolean open) {
        split.setBottomComponent(open ? inspector : null);
        split.setDividerSize(open ? UIManager.getInt("SplitPane.dividerSize") : 0);
        if (open) {
            split.setDividerLocation((int) (split.getHeight() * (1 - DRAWER)));
        }
        revalidate();
    }

    private void showState() {
        MeetingState state = meeting.state();
        title.setText(state.room());
        RoomStatus now = state.status();
        status.setText(switch (now) {
            case CONNECTING, SYNCING -> "joining…";
            case LIVE -> state.people().size() + " here";
            case ALONE -> "alone";
            case RECONNECTING -> "reconnecting…";
            case CLOSED -> "left";
        });
        whyAlone.setVisible(now == RoomStatus.ALONE);
        Color good = UIManager.getColor("Parlor.good");
        status.setForeground(now == RoomStatus.LIVE ? good : now == RoomStatus.RECONNECTING ? new Color(0xE8912D)
                : Ui.quietColour());
        titles.accept(state.me().name() + " · " + state.room() + " · " + status.getText() + " · Parlor");
        bannerCard.setVisible(!state.banner().isEmpty());
        banner.say(state.banner(), state.bannerBy());
        scenes.get(state.scene()).setSelected(true);
        hand.setSelected(state.me().presence().handUp());
        hand.setText(state.me().presence().handUp() ? "Lower hand" : "Raise hand");
        stage.show(state);
        chat.show(state);
        polls.show(state);
        questions.show(state);
        breakouts.show(state);
        inspector.show(state);
    }

    /** Ends what runs by itself. */
    void stop() {
        stopped = true;
        showing.stop();
        inspector.stop();
        chat.stop();
    }

    @Override
    public void stateChanged() {
        // The window's title is the lobby's by then.
        if (!stopped) {
            showing.start();
        }
    }

    @Override
    public void said(ChatLine line) {
        chat.say(line);
        if (tabs.getSelectedComponent() != chat && !line.mine()) {
            tabs.setTitleAt(0, "Chat (" + ++unheard + ")");
        }
    }

    @Override
    public void delivered(int number, ChatLine.Heard heard) {
        chat.delivered(number, heard);
    }

    private void heard() {
        if (tabs.getSelectedComponent() == chat) {
            unheard = 0;
            tabs.setTitleAt(0, "Chat");
        }
    }

    @Override
    public void reacted(ParticipantId who, Reaction reaction) {
        stage.react(who, reaction);
    }

    @Override
    public void logged(String line) {
        inspector.log(line);
    }
}
