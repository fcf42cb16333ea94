package dev.parlor.demo.desktop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.ParticipantId;
import dev.parlor.Room;
import dev.parlor.demo.desktop.model.join.EventQueue;
import dev.parlor.demo.desktop.model.join.JoinForm;
import dev.parlor.demo.desktop.model.join.Reach;
import dev.parlor.demo.desktop.model.join.RoomDoor;
import dev.parlor.demo.desktop.model.shown.ChatLine;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Windows without a screen: each has a thread as its event thread, and a meeting in one room of this JVM. */
public final class Windows implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    final ParlorNetwork network = ParlorNetwork.create();
    private final List<Window> open = new ArrayList<>();

    /** One of them. */
    static final class Window implements MeetingListener, AutoCloseable {
        final ExecutorService thread;
        final List<ChatLine> chat = new CopyOnWriteArrayList<>();
        final Map<Integer, ChatLine.Heard> delivered = new ConcurrentHashMap<>();
        final List<Reaction> reactions = new CopyOnWriteArrayList<>();
        final List<String> log = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> crashed = new CompletableFuture<>();
        /** Where it closes rooms. */
        volatile Executor background = Runnable::run;
        private final String name;
        private Meeting meeting;

        private Window(String name) {
            this.name = name;
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, "window-" + name);
                made.setDaemon(true);
                return made;
            });
        }

        /** Does something, on the window's thread. */
        void act(Consumer<Meeting> action) {
            CompletableFuture.runAsync(() -> action.accept(meeting), thread).join();
        }

        /** What it shows now. */
        MeetingState state() {
            return CompletableFuture.supplyAsync(() -> meeting.state(), thread).join();
        }

        /** Waits until it shows something. */
        MeetingState sees(String what, Predicate<MeetingState> condition) {
            await(name + " sees " + what).atMost(PATIENCE).untilAsserted(() -> assertThat(state()).matches(condition, what));
            return state();
        }

        /** Waits until it hears something. */
        void hears(String from, String text) {
            await(name + " hears " + text).atMost(PATIENCE).untilAsserted(() -> assertThat(chat)
                    .anyMatch(line -> line.from().equals(from) && line.text().equals(text)));
        }

        /** Waits until it knows whether others have heard a line of its own. */
        void isTold(int number, ChatLine.Heard heard) {
            await(name + " is told of line " + number).atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(delivered.get(number)).isEqualTo(heard));
        }

        ParticipantId id() {
            return state().me().id();
        }

        Room room() {
            return meeting.room();
        }

        Room breakoutRoom() {
            return CompletableFuture.supplyAsync(() -> meeting.breakoutRoom().orElse(null), thread).join();
        }

        @Override
        public void stateChanged() {
            // Read when asked for.
        }

        @Override
        public void said(ChatLine line) {
            chat.add(line);
        }

        @Override
        public void delivered(int number, ChatLine.Heard heard) {
            delivered.put(number, heard);
        }

        @Override
        public void reacted(ParticipantId who, Reaction reaction) {
            reactions.add(reaction);
        }

        @Override
        public void logged(String line) {
            log.add(line);
        }

        @Override
        public void close() {
            if (!thread.isShutdown()) {
                act(open -> open.leave(() -> {}));
                thread.shutdown();
            }
        }
    }

    /** Opens one more, which joins the room. */
    Window open(String name) {
        return open(name, Reach.THIS_MACHINE);
    }

    /** Opens one more that says whom it wants to meet; here it meets the others in any case. */
    Window open(String name, Reach reach) {
        Window window = new Window(name);
        JoinForm form = new JoinForm(name, JoinForm.COLOURS.get(open.size()), "meeting", "", reach, "");
        RoomDoor door = new RoomDoor(window.thread, task -> window.background.execute(task), network::named, null);
        CompletableFuture<Void> entered = new CompletableFuture<>();
        EventQueue events = new EventQueue();
        door.join(form, events, progress -> {}, (joined, problem) -> {
            if (joined == null) {
                entered.completeExceptionally(new AssertionError(problem));
                return;
            }
            window.meeting = new Meeting(joined, events, door.breakouts(form), reach == Reach.THIS_MACHINE,
                    new Meeting.Outside(Clock.systemUTC(), task -> window.background.execute(task), () -> window.crashed.complete(null), window.thread), window);
            window.meeting.begin();
            entered.complete(null);
        });
        entered.join();
        open.add(window);
        return window;
    }

    @Override
    public void close() {
        open.forEach(Window::close);
        network.close();
    }
}
