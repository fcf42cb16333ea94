package dev.parlor.examples;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.examples.Whiteboard.Point;
import dev.parlor.examples.Whiteboard.Stroke;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Five people at a whiteboard, on a network in virtual time: what one does is what the listeners of all are told. */
class WhiteboardTest {
    private static final List<String> NAMES = List.of("Ada", "Ben", "Cem", "Dot", "Eve");
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** A cut or an end is noticed, and a healed cut is merged. */
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Point ORIGIN = new Point(0, 0);

    private final ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 7);
    private final List<Screen> screens = new ArrayList<>();

    /** One of the five, and what is shown to it. */
    private static final class Screen {
        private final Room room;
        private final Whiteboard board;
        private final List<String> titles = new ArrayList<>();
        private final Map<String, Point> pointers = new HashMap<>();
        private Map<String, Stroke> strokes = Map.of();
        private String buttons = "";

        Screen(Room room) {
            this.room = room;
            this.board = new Whiteboard(room);
            board.onStrokes(all -> strokes = all);
            board.onTitle(titles::add);
            board.onPointer((who, at) -> pointers.put(who.name(), at));
            board.onUndo((undo, redo) -> buttons = undo + " " + redo);
        }

        String title() {
            return titles.get(titles.size() - 1);
        }
    }

    @BeforeEach
    void join() {
        network.defaults("whiteboard", Whiteboard.types());
        for (String name : NAMES) {
            screens.add(new Screen(network.join(name)));
        }
        settle();
    }

    @AfterEach
    void close() {
        screens.forEach(screen -> screen.board.close());
        network.close();
    }

    private Screen screen(int number) {
        return screens.get(number);
    }

    private void settle() {
        network.advance(SECOND);
    }

    private void assertAllShow(String... ids) {
        settle();
        assertThat(screens).allSatisfy(screen -> assertThat(screen.strokes).containsOnlyKeys(ids));
    }

    private String[] everybodyDraws() {
        return screens.stream().map(screen -> screen.board.draw("teal", ORIGIN, new Point(1, 1))).toArray(String[]::new);
    }

    @Test
    void strokesOfAllAreSeenByAll() {
        String[] ids = everybodyDraws();

        assertAllShow(ids);
        screen(4).board.erase(ids[0]);
        assertAllShow(ids[1], ids[2], ids[3], ids[4]);
    }

    @Test
    void undoTakesBackOnlyWhatIsOnesOwn() {
        String[] ids = everybodyDraws();
        screen(1).board.setTitle("Plan");
        screen(1).board.edit(ids[1], true);
        settle();

        assertThat(screen(1).board.undo().restored()).containsExactly("stroke/" + ids[1]);
        assertThat(screen(1).board.undo().restored()).isEmpty();
        assertAllShow(ids[0], ids[2], ids[3], ids[4]);
        assertThat(screen(1).buttons).isEqualTo("false true");

        screen(1).board.redo();
        assertAllShow(ids);
        assertThat(screen(1).buttons).isEqualTo("true false");
    }

    @Test
    void undoLeavesWhatAnotherHasMovedSince() {
        String id = screen(0).board.draw("teal", ORIGIN);
        settle();
        screen(1).board.drag(id, List.of(new Point(5, 5)));
        settle();

        assertThat(screen(0).board.undo().left()).containsExactly("stroke/" + id);
        assertAllShow(id);
        screen(1).board.undo();
        settle();
        assertThat(screen(3).strokes.get(id).points()).containsExactly(ORIGIN);
    }

    @Test
    void aDragIsSeenAsItGoesAndUndoneAsOne() {
        String id = screen(0).board.draw("teal", ORIGIN, new Point(1, 2));
        settle();
        List<Point> seen = new ArrayList<>();
        screen(4).room.sessionData().onChange("stroke/" + id, change -> seen.add(((Stroke) change.newValue().orElseThrow()).points().get(0)));
        List<Point> way = IntStream.rangeClosed(1, 20).mapToObj(step -> new Point(step, 0)).toList();

        screen(0).board.drag(id, () -> way.stream().peek(place -> network.advance(Duration.ofMillis(20))).iterator());
        settle();
        assertThat(screen(4).strokes.get(id).points()).containsExactly(new Point(20, 0), new Point(21, 2));
        assertThat(seen).hasSizeGreaterThan(1).endsWith(new Point(20, 0));

        screen(0).board.undo();
        settle();
        assertThat(screen(4).strokes.get(id).points()).containsExactly(ORIGIN, new Point(1, 2));
    }

    @Test
    void pointersMove() {
        for (int step = 1; step <= 10; step++) {
            screen(2).board.point(new Point(step, step));
            network.advance(Duration.ofMillis(20));
        }
        settle();

        assertThat(screen(0).pointers).containsOnly(Map.entry("Cem", new Point(10, 10)));
        assertThat(screen(2).pointers).isEmpty();
        assertThat(screen(0).room.sessionData().asMap()).containsOnlyKeys("title");
    }

    @Test
    void aStartTitleLosesToWhatSomebodyWrote() {
        assertThat(screens).allSatisfy(screen -> assertThat(screen.titles).containsExactly("Untitled"));
        screen(1).board.setTitle("Plan");
        settle();
        screens.add(new Screen(network.join("Fay")));
        settle();

        assertThat(screens).allSatisfy(screen -> assertThat(screen.title()).isEqualTo("Plan"));
        assertThat(screen(5).titles).containsExactly("Plan");
    }

    @Test
    void theMarkOfAnEditorGoesWithIt() {
        String id = screen(0).board.draw("teal", ORIGIN);
        screen(3).board.edit(id, true);
        settle();
        assertThat(screens).allSatisfy(screen -> assertThat(screen.board.editor(id)).contains("Dot"));
        screen(0).board.edit(id, false);
        assertThat(screen(0).board.editor(id)).as("the mark of another").contains("Dot");

        network.kill(screen(3).room);
        screens.remove(3);
        network.advance(NOTICED);
        assertThat(screens).allSatisfy(screen -> assertThat(screen.board.editor(id)).isEmpty());
        assertAllShow(id);
    }

    @Test
    void bothSidesOfACutWorkOnAndAgreeAfterwards() {
        String before = screen(0).board.draw("teal", ORIGIN);
        screen(0).board.edit(before, true);
        settle();
        network.partition(rooms(0, 1), rooms(2, 3, 4));
        network.advance(NOTICED);

        String left = screen(0).board.draw("red", ORIGIN);
        String right = screen(4).board.draw("blue", ORIGIN);
        String undone = screen(3).board.draw("grey", ORIGIN);
        screen(1).board.setTitle("Left");
        settle();
        screen(2).board.setTitle("Right");
        screen(0).board.point(ORIGIN);
        settle();
        assertThat(screen(1).strokes).containsOnlyKeys(before, left);
        assertThat(screen(2).strokes).containsOnlyKeys(before, right, undone);
        assertThat(screen(3).board.undo().restored()).hasSize(1);
        assertThat(screen(1).board.editor(before)).contains("Ada");
        assertThat(screen(2).board.editor(before)).isEmpty();

        network.heal();
        network.advance(NOTICED);
        assertAllShow(before, left, right);
        assertThat(screens).allSatisfy(screen -> {
            assertThat(screen.title()).isEqualTo("Right");
            assertThat(screen.board.editor(before)).contains("Ada");
        });
        assertThat(screen(1).pointers).containsOnlyKeys("Ada");
        assertThat(screen(2).pointers).as("what was pointed at on the other side").isEmpty();
        assertThat(screens.stream().map(screen -> screen.room).toList()).eventuallyAgree();
    }

    private List<Room> rooms(int... numbers) {
        return IntStream.of(numbers).mapToObj(number -> screen(number).room).toList();
    }
}
