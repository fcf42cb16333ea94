package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs on the module path, on this Java and on the newest of this machine, and programs in a Java without the modules that
 * they do not need.
 */
class ModulesIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final String MODEL = """
            package app.model;
            public class Poll {
                private String question;
                private app.values.Colour colour;
                Poll() {}
                public static Poll of(String question) {
                    Poll poll = new Poll();
                    poll.question = question;
                    poll.colour = app.values.Colour.TEAL;
                    return poll;
                }
                @Override public String toString() { return question + " " + colour; }
            }
            """;
    private static final String COLOUR = "package app.values; public enum Colour { RED, TEAL { @Override public String toString() "
            + "{ return \"teal!\"; } } }";
    private static final String VOTE = "package app.values; public record Vote(String who, int count) {}";
    /** One participant of two JVMs: the first writes, the second answers, and both end when their rooms are closed. */
    private static final String SHARER = """
            package app.main;
            import app.values.Vote;
            import dev.parlor.Key;
            import dev.parlor.Room;
            public class Sharer {
                private static final Key<Vote> ASKED = Key.of("asked", Vote.class);
                private static final Key<Vote> ANSWERED = Key.of("answered", Vote.class);
                public static void main(String[] args) throws Exception {
                    try (Room room = Room.named(args[1]).types(Vote.class).join()) {
                        if (args[0].equals("first")) {
                            room.sessionData().put(ASKED, new Vote("ada", 1));
                            System.out.println("READ " + await(room, ANSWERED));
                        } else {
                            Vote asked = await(room, ASKED);
                            room.sessionData().put(ANSWERED, new Vote(asked.who(), asked.count() + 1));
                            room.flush(java.time.Duration.ofSeconds(30));
                            System.out.println("READ " + asked);
                        }
                    } catch (Throwable e) {
                        System.out.println("FAILED " + e);
                    }
                    System.out.println("CLOSED");
                }
                private static Vote await(Room room, Key<Vote> key) throws Exception {
                    return room.sessionData().when(key, vote -> true).get(30, java.util.concurrent.TimeUnit.SECONDS);
                }
            }
            """;
    /** Two participants in one JVM: one writes and both read. */
    private static final String MAIN = """
            package app.main;
            import dev.parlor.Room;
            public class Main {
                public static void main(String[] args) throws Exception {
                    String name = "modules-" + ProcessHandle.current().pid();
                    try (Room one = room(name, args); Room two = room(name, args)) {
                        one.awaitParticipants(2, java.time.Duration.ofSeconds(20));
                        one.sessionData().put("poll", app.model.Poll.of("Tea?"));
                        one.sessionData().put("vote", new app.values.Vote[] {new app.values.Vote("ada", 1)});
                        one.sessionData().put("times", java.util.List.of(new java.util.Date(1), java.time.Instant.EPOCH));
                        one.flush(java.time.Duration.ofSeconds(20));
                        System.out.println("READ " + two.sessionData().get("poll", app.model.Poll.class) + " "
                                + java.util.Arrays.toString(two.sessionData().get("vote", app.values.Vote[].class).orElseThrow())
                                + " " + two.sessionData().get("times").isPresent());
                    } catch (Throwable e) {
                        System.out.println("FAILED " + e);
                    }
                }
                private static Room room(String name, String[] stack) {
                    var room = Room.named(name).types(app.model.Poll.class, app.values.Colour.class, app.values.Vote.class);
                    return (stack.length == 0 ? room : room.stack(stack[0])).join();
                }
            }
            """;
    private static final String READ = "READ Optional[Tea? teal!] [Vote[who=ada, count=1]] true";
    /** All that Parlor needs of the JDK, JGroups and Kryo included. */
    private static final String FEW_MODULES = "java.base,java.logging,java.management,java.naming,java.xml,jdk.unsupported";

    @TempDir
    private Path folder;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    static Stream<Java> javas() {
        return Java.tested().stream();
    }

    /** Each Java beside each other one, on either path; at least one of the two programs is a module. */
    static Stream<Arguments> pairs() {
        return javas().flatMap(first -> javas().flatMap(second -> Stream.of(Arguments.of(first, second, true),
                Arguments.of(first, second, false))));
    }

    /** Nothing is said to Java but where the modules are and with which to begin; nothing in the module but what README.md says. */
    @ParameterizedTest
    @MethodSource("pairs")
    void aRecordIsSharedByTwoJvms(Java first, Java second, boolean secondIsAModule) throws Exception {
        Path classes = compileWith(moduleOfTheReadme());
        String room = "modules-" + UUID.randomUUID();
        Process one = start(first, List.of(), asModule(classes, "app.main.Sharer", "first", room));
        Process two = start(second, List.of(), secondIsAModule ? asModule(classes, "app.main.Sharer", "second", room)
                : asClasses(classes, "app.main.Sharer", "second", room));
        assertThat(saidBy(two)).contains("READ Vote[who=ada, count=1]", "CLOSED");
        assertThat(saidBy(one)).contains("READ Vote[who=ada, count=2]", "CLOSED");
        assertThat(one.exitValue()).isZero();
        assertThat(two.exitValue()).isZero();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aRecordInAPackageThatIsNotOpenIsRefusedBeforeAnythingIsSent(Java java) throws Exception {
        assertThat(saidBy(start(java, List.of(), asModule(compile(List.of()), "app.main.Sharer", "first",
                "modules-" + UUID.randomUUID())))).anyMatch(line -> line.startsWith(
                "FAILED dev.parlor.InvalidArgumentException: app.values.Vote cannot be registered, since its package app.values is not "
                        + "opened by the module app: add \"opens app.values to dev.parlor;\" to the module-info.java of app."));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aPackageThatIsNotOpenIsNamedWithTheLineThatOpensIt(Java java) throws Exception {
        List<String> opened = new ArrayList<>();
        String said = onTheModulePath(java, opened, List.of());
        Pattern advice = Pattern.compile("\"(opens [^\"]*;)\" to the module-info.java of app\\b");
        // One package after the other, as somebody does who does what is said.
        for (Matcher line = advice.matcher(said); line.find() && opened.size() < 3; line = advice.matcher(said)) {
            opened.add(line.group(1));
            said = onTheModulePath(java, opened, List.of());
        }
        assertThat(opened).as(said).hasSize(2).allMatch(line -> line.matches("opens app\\.(model|values) to dev\\.parlor;"));
        assertThat(said).isEqualTo(READ);
    }

    /** As who only uses the module does what is said. */
    @ParameterizedTest
    @MethodSource("javas")
    void aPackageOfAModuleOfOthersIsNamedWithTheOptionThatOpensIt(Java java) throws Exception {
        List<String> options = new ArrayList<>();
        String said = onTheModulePath(java, List.of(), options);
        Pattern advice = Pattern.compile("--add-opens (app/\\S+=dev\\.parlor)\\b");
        for (Matcher line = advice.matcher(said); line.find() && options.size() < 6; line = advice.matcher(said)) {
            options.addAll(List.of("--add-opens", line.group(1)));
            said = onTheModulePath(java, List.of(), options);
        }
        assertThat(options).as(said).hasSize(4);
        assertThat(said).isEqualTo(READ);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aJavaWithFewModulesIsEnough(Java java) throws Exception {
        assertThat(ending(saidBy(start(java, List.of("--limit-modules", FEW_MODULES), asClasses(compile(List.of()), "app.main.Main")))))
                .isEqualTo(READ);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aJavaWithFewModulesIsEnoughForAModule(Java java) throws Exception {
        assertThat(onTheModulePath(java, List.of("opens app.model to dev.parlor;", "opens app.values to dev.parlor;"),
                List.of("--limit-modules", FEW_MODULES + ",app"))).isEqualTo(READ);
    }

    @Test
    void aStackInAPackageIsFoundIfThePackageIsOpenToAll() throws Exception {
        String hidden = "classpath:app/values/stack.xml";
        assertThat(withStack("opens app.values to dev.parlor;", hidden)).startsWith("FAILED dev.parlor.JoinException: ")
                .contains(hidden, "opens app.values;");
        assertThat(withStack("opens app.values;", hidden)).isEqualTo(READ);
        assertThat(withStack("opens app.values to dev.parlor;", "classpath:stacks-of-app/stack.xml")).isEqualTo(READ);
    }

    private String withStack(String opens, String location) throws Exception {
        Path classes = compile(List.of("opens app.model to dev.parlor;", opens));
        Path stack = classes.resolve(location.substring(location.indexOf(':') + 1));
        Files.createDirectories(stack.getParent());
        try (InputStream in = ModulesIT.class.getClassLoader().getResourceAsStream("parlor-stacks/this-machine.xml")) {
            Files.copy(in, stack);
        }
        return ending(saidBy(start(Java.tested().get(0), List.of(), asModule(classes, "app.main.Main", location))));
    }

    private String onTheModulePath(Java java, List<String> opens, List<String> options) throws Exception {
        return ending(saidBy(start(java, options, asModule(compile(opens), "app.main.Main"))));
    }

    /** What a program said at its end. */
    private static String ending(List<String> said) {
        return said.stream().filter(line -> line.matches("(READ|FAILED) .*")).findFirst().orElse(String.join("\n", said));
    }

    private static List<String> asModule(Path classes, String main, String... arguments) throws IOException {
        return Stream.concat(Stream.of("-p", path(classes), "-m", "app/" + main), Stream.of(arguments)).toList();
    }

    private static List<String> asClasses(Path classes, String main, String... arguments) throws IOException {
        return Stream.concat(Stream.of("-cp", path(classes), main), Stream.of(arguments)).toList();
    }

    private static String path(Path classes) throws IOException {
        return classes + File.pathSeparator + jars().collect(Collectors.joining(File.pathSeparator));
    }

    private static String moduleOfTheReadme() throws IOException {
        Matcher found = Pattern.compile("```java\\R(module .*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private Path compile(List<String> opens) throws IOException {
        return compileWith("module app { requires dev.parlor; exports app.model; exports app.main; " + String.join(" ", opens) + " }");
    }

    private Path compileWith(String info) throws IOException {
        Path sources = Files.createTempDirectory(folder, "sources");
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "-p",
                jars().collect(Collectors.joining(File.pathSeparator))));
        for (String source : List.of(info, MODEL, COLOUR, VOTE, MAIN, SHARER)) {
            Matcher name = Pattern.compile("public (?:class|enum|record) (\\w+)").matcher(source);
            String file = name.find() ? name.group(1) : "module-info";
            arguments.add(Files.writeString(sources.resolve(file + ".java"), source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]))).isZero();
        return classes;
    }

    private Process start(Java java, List<String> options, List<String> program) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.command(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(program);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    /** All that a program says until it ends. */
    private static List<String> saidBy(Process process) throws Exception {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = said.lines().toList();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
            return lines;
        }
    }

    private static Stream<String> jars() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            Path core = built.filter(each -> each.getFileName().toString().matches("parlor-core-[0-9.]+(-SNAPSHOT)?\\.jar")).findFirst()
                    .orElseThrow();
            return Stream.concat(Stream.of(core.toAbsolutePath().toString()),
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).filter(ModulesIT::isNeeded));
        }
    }

    private static boolean isNeeded(String path) {
        return path.endsWith(".jar") && Path.of(path).getFileName().toString()
                .matches("(parlor-jgroups-config|jgroups|kryo|minlog|objenesis|reflectasm|slf4j-api)-.*");
    }
}
