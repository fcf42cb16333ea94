package dev.parlor.examples;

import dev.parlor.Family;
import dev.parlor.Key;
import dev.parlor.KeyFamily;
import dev.parlor.Lifetime;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.Subscription;
import dev.parlor.Undo;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A whiteboard that several people draw on, as a user interface would call it: what it shows comes to its listeners, on the thread that the
 * room delivers on. No method waits for the network. Each works in a partition as well, with those who can be reached.
 */
public final class Whiteboard implements AutoCloseable {
    private static final Key<String> TITLE = Key.of("title", String.class);
    /** A key for each stroke, so that two who draw at the same moment both have drawn. */
    private static final KeyFamily<Stroke> STROKES = KeyFamily.of("stroke/", Stroke.class);
    /** Names by stroke. Marks, not locks: in a partition each side may set one, and afterwards the later one stays. */
    private static final KeyFamily<String> EDITORS = KeyFamily.of("editor/", String.class).living(Lifetime.whilePresent());
    private static final int UNDO_STEPS = 100;
    private static final Duration PICTURE = Duration.ofMillis(16);    // of a screen

    private final Room room;
    private final Family<Stroke> strokes;
    private final Family<String> editors;
    private final Undo undo;
    private int drawn;

    /** A place on the board. */
    public record Point(double x, double y) {}

    /** Where somebody points now. A class of its own, since of each class of signals the newest counts. */
    public record Pointer(Point at) {}

    /** What somebody has drawn. */
    public record Stroke(String colour, List<Point> points) {
        public Stroke {
            points = List.copyOf(points);
        }

        Stroke movedTo(Point begin) {
            double x = begin.x() - points.get(0).x();
            double y = begin.y() - points.get(0).y();
            return new Stroke(colour, points.stream().map(each -> new Point(each.x() + x, each.y() + y)).toList());
        }
    }

    /** @param room joined with {@link #types}; closed by who has joined it */
    public Whiteboard(Room room) {
        this.room = room;
        this.strokes = room.sessionData().family(STROKES);
        this.editors = room.sessionData().family(EDITORS);
        this.undo = room.sessionData().undo(UNDO_STEPS, STROKES.prefix());
        room.sessionData().putDefault(TITLE, "Untitled");
    }

    /** What travels, for {@link dev.parlor.RoomBuilder#types}. */
    public static Class<?>[] types() {
        return new Class<?>[] {Point.class, Pointer.class, Stroke.class};
    }

    /** Draws, and returns the stroke's id, which no other participant can give at the same moment. */
    public synchronized String draw(String colour, Point... points) {
        String id = room.me().id() + "/" + ++drawn;
        strokes.put(id, new Stroke(colour, List.of(points)));
        return id;
    }

    /** Moves a stroke along a way: each place is seen, and all of it is undone as one. */
    public void drag(String id, Iterable<Point> way) {
        undo.group(() -> way.forEach(begin -> strokes.get(id).ifPresent(stroke -> strokes.put(id, stroke.movedTo(begin)))));
    }

    public void erase(String id) {
        strokes.remove(id);
    }

    /** Undoes what this participant did last; what others have changed since stays, and is among {@link Undo.Result#left}. */
    public Undo.Result undo() {
        return undo.undo();
    }

    public Undo.Result redo() {
        return undo.redo();
    }

    /** Tells whether there is something to undo and to redo, for two buttons, whenever that may have changed. */
    public Subscription onUndo(BiConsumer<Boolean, Boolean> listener) {
        return undo.onChange(() -> listener.accept(undo.canUndo(), undo.canRedo()));
    }

    /** Shows all strokes by id, now and when they change. */
    public Subscription onStrokes(Consumer<NavigableMap<String, Stroke>> listener) {
        return strokes.bind(PICTURE, listener);
    }

    /** Called as often as the mouse moves. */
    public void point(Point at) {
        room.signal(new Pointer(at));
    }

    public Subscription onPointer(BiConsumer<Participant, Point> listener) {
        return room.onSignal(Pointer.class, PICTURE, (pointer, from) -> listener.accept(from, pointer.at()));
    }

    public void setTitle(String title) {
        room.sessionData().putIfChanged(TITLE, title);
    }

    public Subscription onTitle(Consumer<String> listener) {
        return room.sessionData().bind(TITLE, title -> listener.accept(title.orElse("")));
    }

    /** Says that this participant edits a stroke, until it says otherwise, leaves or crashes. */
    public void edit(String id, boolean on) {
        if (on) {
            editors.put(id, room.me().name());
        } else if (room.sessionData().entry(EDITORS.key(id)).filter(mark -> mark.author().id().equals(room.me().id())).isPresent()) {
            editors.remove(id);
        }
    }

    public Optional<String> editor(String id) {
        return editors.get(id);
    }

    @Override
    public void close() {
        undo.close();
    }

    public static void main(String[] args) throws Exception {
        try (Room room = Room.named("whiteboard").as(args[0]).types(types()).join(); Whiteboard board = new Whiteboard(room)) {
            board.onTitle(title -> System.out.println("== " + title));
            board.onStrokes(all -> System.out.println(all.size() + " strokes " + all.values()));
            board.onPointer((who, at) -> System.out.println(who.name() + " points at " + at));
            board.edit(board.draw("teal", new Point(0, 0), new Point(3, 4)), true);
            board.point(new Point(3, 4));
            System.in.read();
        }
    }
}
