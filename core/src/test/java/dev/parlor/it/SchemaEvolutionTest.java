package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Room;
import dev.parlor.Warning;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a program in one room: the same classes, compiled from two versions of their source. */
class SchemaEvolutionTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final List<String> OLDER = List.of(
            "public record Poll(String question, int votes, String retired) {}",
            "public class Card { public String title = \"untitled\"; private int width; private Colour colour;"
                    + " public Card() {} public Card(String t, int w, Colour c) { title = t; width = w; colour = c; }"
                    + " public String toString() { return title + \" \" + width + \" \" + colour; } }",
            "public enum Colour { RED, TEAL }");

    /** Fields added, removed, in another order, and of a wider type; a constant added. */
    private static final List<String> NEWER = List.of(
            "public record Poll(java.util.List<String> options, long votes, String question) {}",
            "public class Card { private Colour colour; private int height; public String title; private Card over;"
                    + " public Card() {} public Card(String t, int h, Colour c, Card o) {"
                    + " title = t; height = h; colour = c; over = o; }"
                    + " public String toString() { return title + \" \" + height + \" \" + colour + \" \" + over; } }",
            "public enum Colour { GOLD, RED, TEAL }");

    @TempDir
    private Path folder;
    private final Rooms rooms = new Rooms();
    private Version older;
    private Version newer;

    /** A program's classes of one version, and its participant. */
    private record Version(URLClassLoader classes, Room room, List<Warning> warnings) {
        Object make(String type, Object... arguments) throws ReflectiveOperationException {
            return List.of(classes.loadClass(type).getConstructors()).stream()
                    .filter(each -> each.getParameterCount() == arguments.length).findFirst().orElseThrow()
                    .newInstance(arguments);
        }

        Object colour(String name) throws ReflectiveOperationException {
            return classes.loadClass("Colour").getField(name).get(null);
        }

        Object get(String key) {
            return room.sessionData().get(key).orElse(null);
        }
    }

    @BeforeEach
    void join() throws Exception {
        older = version("older", OLDER);
        newer = version("newer", NEWER);
        older.room().awaitParticipants(2, SOON);
        newer.room().awaitParticipants(2, SOON);
    }

    @AfterEach
    void close() throws IOException {
        rooms.close();
        older.classes().close();
        newer.classes().close();
    }

    private Version version(String name, List<String> sources) throws Exception {
        Path out = Files.createDirectory(folder.resolve(name));
        List<String> arguments = new ArrayList<>(List.of("-d", out.toString()));
        for (String source : sources) {
            String type = source.split("[ (]")[2];
            arguments.add(Files.writeString(out.resolve(type + ".java"), source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]))).isZero();
        URLClassLoader loader = new URLClassLoader(new URL[] {out.toUri().toURL()}, null);
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        Room room = rooms.join(name, builder -> {
            try {
                return builder.types(loader.loadClass("Poll"), loader.loadClass("Card"), loader.loadClass("Colour"))
                        .on(Warning.class, warnings::add);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        });
        return new Version(loader, room, warnings);
    }

    @Test
    void recordsAreReadByOlderAndNewerPrograms() throws Exception {
        older.room().sessionData().put("old", older.make("Poll", "Tea?", 3, "gone"));
        newer.room().sessionData().put("new", newer.make("Poll", List.of("yes", "no"), 4L, "Coffee?"));
        await().atMost(SOON).until(() -> newer.get("old") != null && older.get("new") != null);
        assertThat(newer.get("old")).hasToString("Poll[options=null, votes=3, question=Tea?]");
        assertThat(older.get("new")).hasToString("Poll[question=Coffee?, votes=4, retired=null]");
    }

    @Test
    void classesAreReadByOlderAndNewerPrograms() throws Exception {
        older.room().sessionData().put("old", older.make("Card", "A", 7, older.colour("TEAL")));
        Object under = newer.make("Card", "B", 8, newer.colour("RED"), null);
        newer.room().sessionData().put("new", newer.make("Card", "C", 9, newer.colour("RED"), under));
        await().atMost(SOON).until(() -> newer.get("old") != null && older.get("new") != null);
        assertThat(newer.get("old")).hasToString("A 0 TEAL null");
        assertThat(older.get("new")).hasToString("C 0 RED");
    }

    @Test
    void whatAnOlderProgramCannotReadIsWarnedOfKeptAndPassedOn() throws Exception {
        newer.room().sessionData().put("card", newer.make("Card", "D", 1, newer.colour("GOLD"), null));
        newer.room().sessionData().put("poll", newer.make("Poll", List.of(), 1L + Integer.MAX_VALUE, "Many?"));
        await().atMost(SOON).until(() -> older.room().sessionData().size() == 2);
        assertThat(older.get("card")).as("without the constant that it lacks").hasToString("D 0 null");
        assertThat(older.get("poll")).as("more votes than an int").isNull();
        await().atMost(SOON).until(() -> older.warnings().size() == 2);
        assertThat(older.warnings()).extracting(Warning::kind)
                .containsExactly(Warning.Kind.INCOMPLETE_VALUE, Warning.Kind.UNDECODABLE_VALUE);
        assertThat(older.warnings().get(0).message()).contains("\"card\"", "GOLD", "Colour").doesNotContain("register");
        assertThat(older.warnings().get(1).message()).contains("\"poll\"", "votes", "Poll", "int", "Long", "2147483648")
                .doesNotContain("register");

        newer.room().close();
        Version late = version("late", NEWER);
        assertThat(late.get("card")).hasToString("D 1 GOLD null");
        assertThat(late.get("poll")).hasToString("Poll[options=[], votes=2147483648, question=Many?]");
        late.classes().close();
    }
}
