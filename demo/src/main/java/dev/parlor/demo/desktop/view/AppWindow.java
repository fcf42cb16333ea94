package dev.parlor.demo.desktop.view;

import dev.parlor.Room;
import dev.parlor.demo.desktop.model.InspectorModel;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.join.EventQueue;
import dev.parlor.demo.desktop.model.join.JoinForm;
import dev.parlor.demo.desktop.model.join.Reach;
import dev.parlor.demo.desktop.model.join.RecentRooms;
import dev.parlor.demo.desktop.model.join.RoomDoor;
import dev.parlor.demo.desktop.view.inspector.InspectorView;
import dev.parlor.demo.desktop.view.part.Theme;
import dev.parlor.demo.desktop.view.side.ChatView;
import dev.parlor.demo.desktop.view.stage.StageView;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import javax.swing.JFrame;
import javax.swing.WindowConstants;

/** The app's window: the lobby, and a meeting once a room is joined. For the event thread. */
public final class AppWindow {
    private static final Dimension SMALLEST = new Dimension(900, 600);
    private static final Dimension USUAL = new Dimension(1180, 760);

    private final JFrame frame = new JFrame("Parlor");
    private final RoomDoor door;
    private final RecentRooms recent;
    private final Outside outside;
    private final LobbyView lobby = new LobbyView(this::join, this::cancel);
    private JoinForm form;
    private CompletableFuture<Room> joining;
    private Meeting meeting;
    private MeetingView view;

    /**
     * What comes from outside of the window.
     *
     * @param meeting what a meeting needs
     * @param nanoTime for animations and rates
     * @param ended called when the window is closed and the room left
     */
    public record Outside(Meeting.Outside meeting, LongSupplier nanoTime, Runnable ended) {}

    public AppWindow(RoomDoor door, RecentRooms recent, JoinForm form, Outside outside) {
        this.door = door;
        this.recent = recent;
        this.form = form;
        this.outside = outside;
        frame.setName("parlor");
        frame.setMinimumSize(SMALLEST);
        frame.setPreferredSize(USUAL);
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                close();
            }
        });
        showLobby();
        frame.pack();
        frame.setLocationByPlatform(true);
    }

    /** Sets the theme for all windows of the program; before the first is made. */
    public static void useTheme(boolean dark) {
        Theme.use(dark);
    }

    public void show() {
        frame.setVisible(true);
        lobby.focus();
    }

    /** Joins as the fields say, as if the button were pressed. */
    public void join() {
        join(lobby.form());
    }

    /** Leaves the room, and closes the window at once. */
    public void close() {
        cancel();
        frame.dispose();
        leave(outside.ended());
    }

    private void join(JoinForm wanted) {
        form = wanted;
        String problem = wanted.problem();
        if (!problem.isEmpty()) {
            lobby.idle(problem);
            return;
        }
        lobby.busy();
        EventQueue events = new EventQueue();
        joining = door.join(wanted, events, lobby::progress, (room, failure) -> {
            if (joining == null && room != null) {
                // Cancelled when it had just been joined.
                outside.meeting().background().execute(room::close);
                return;
            }
            joining = null;
            if (room == null) {
                lobby.idle(failure);
            } else {
                enter(room, events);
            }
        });
    }

    private void cancel() {
        if (joining != null) {
            joining.cancel(true);
            joining = null;
        }
        lobby.idle("");
    }

    private void enter(Room room, EventQueue events) {
        recent.add(form.room());
        JoinForm joined = form;
        view = new MeetingView(() -> new DoctorDialog(frame, done -> door.examine(joined, done)).look());
        boolean canBreak = form.reach() == Reach.THIS_MACHINE;
        meeting = new Meeting(room, events, door.breakouts(form), canBreak, outside.meeting(), view);
        view.open(meeting, new InspectorView(meeting, new InspectorModel(room, outside.meeting().clock()), outside.nanoTime(), canBreak),
                new StageView(meeting, outside.nanoTime()), new ChatView(meeting, outside.nanoTime()), this::leaveToLobby, frame::setTitle);
        meeting.begin();
        show(view);
        frame.getRootPane().setDefaultButton(null);
    }

    private void leaveToLobby() {
        leave(() -> {});
        showLobby();
        lobby.focus();
    }

    private void leave(Runnable then) {
        Meeting left = meeting;
        meeting = null;
        if (view != null) {
            view.stop();
            view = null;
        }
        if (left == null) {
            then.run();
        } else {
            left.leave(then);
        }
    }

    private void showLobby() {
        frame.setTitle("Parlor");
        lobby.fill(form, recent.names());
        lobby.idle("");
        show(lobby);
    }

    private void show(Component content) {
        frame.getContentPane().removeAll();
        frame.getContentPane().add(content, BorderLayout.CENTER);
        frame.revalidate();
        frame.repaint();
    }
}
