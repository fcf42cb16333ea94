package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on the module path, and programs in a Java without the modules that they do not need. */
class ModulesIT {
    private static final String MODEL = """
            package app.model;
            public class Poll {
                private String question;
                private app.hidden.Colour colour;
                Poll() {}
                public static Poll of(String question) {
                    Poll poll = new Poll();
                    poll.question = question;
                    poll.colour = app.hidden.Colour.TEAL;
                    return poll;
                }
                @Override public String toString() { return question + " " + colour; }
            }
            """;
    private static final String COLOUR = "package app.hidden; public enum Colour { RED, TEAL { @Override public String toString() "
            + "{ return \"teal!\"; } } }";
    private static final String VOTE = "package app.hidden; public record Vote(String who, int count) {}";
    /** Two participants in one JVM: one writes and both read. */
    private static final String MAIN = """
            package app.main;
            import dev.parlor.Room;
            public class Main {
                public static void main(String[] args) throws Exception {
                    String name = "modules-" + ProcessHandle.current().pid();
                    try (Room one = room(name); Room two = room(name)) {
                        one.awaitParticipants(2, java.time.Duration.ofSeconds(20));
                        one.sessionData().put("poll", app.model.Poll.of("Tea?"));
                        one.sessionData().put("vote", new app.hidden.Vote[] {new app.hidden.Vote("ada", 1)});
                        one.sessionData().put("times", java.util.List.of(new java.util.Date(1), java.time.Instant.EPOCH));
                        one.flush(java.time.Duration.ofSeconds(20));
                        System.out.println("READ " + two.sessionData().get("poll", app.model.Poll.class) + " "
                                + java.util.Arrays.toString(two.sessionData().get("vote", app.hidden.Vote[].class).orElseThrow())
                                + " " + two.sessionData().get("times").isPresent());
                    } catch (Throwable e) {
                        System.out.println("FAILED " + e);
                    }
                    System.exit(0);
                }
                private static Room room(String name) {
                    return Room.named(name).types(app.model.Poll.class, app.hidden.Colour.class, app.hidden.Vote.class).join();
                }
            }
            """;
    private static final String READ = "READ Optional[Tea? teal!] [Vote[who=ada, count=1]] true";
    /** All that Parlor needs of the JDK, JGroups and Kryo included. */
    private static final String FEW_MODULES = "java.base,java.logging,java.management,java.naming,java.xml,jdk.unsupported";

    @TempDir
    private Path folder;

    @Test
    void aPackageThatIsNotOpenIsNamedWithTheLineThatOpensIt() throws Exception {
        List<String> opened = new ArrayList<>();
        String said = onTheModulePath(opened);
        Pattern advice = Pattern.compile("\"(opens [^\"]*;)\" to the module-info.java of app\\b");
        // One package after the other, as somebody does who does what is said.
        for (Matcher line = advice.matcher(said); line.find() && opened.size() < 3; line = advice.matcher(said)) {
            opened.add(line.group(1));
            said = onTheModulePath(opened);
        }
        assertThat(opened).as(said).hasSize(2).allMatch(line -> line.matches("opens app\\.(model|hidden) to [a-z.]*core;"));
        assertThat(said).isEqualTo(READ);
    }

    /** As who only uses the module does what is said. */
    @Test
    void aPackageOfAModuleOfOthersIsNamedWithTheOptionThatOpensIt() throws Exception {
        List<String> options = new ArrayList<>();
        String said = onTheModulePath(List.of(), options);
        Pattern advice = Pattern.compile("--add-opens (app/\\S+=[a-z.]+core)\\b");
        for (Matcher line = advice.matcher(said); line.find() && options.size() < 6; line = advice.matcher(said)) {
            options.addAll(List.of("--add-opens", line.group(1)));
            said = onTheModulePath(List.of(), options);
        }
        assertThat(options).as(said).hasSize(4);
        assertThat(said).isEqualTo(READ);
    }

    @Test
    void aJavaWithFewModulesIsEnough() throws Exception {
        Path classes = compile(List.of());
        assertThat(run(List.of("--limit-modules", FEW_MODULES, "-cp",
                classes + File.pathSeparator + jars().collect(Collectors.joining(File.pathSeparator)), "app.main.Main")))
                .isEqualTo(READ);
    }

    private String onTheModulePath(List<String> opens) throws Exception {
        return onTheModulePath(opens, List.of());
    }

    private String onTheModulePath(List<String> opens, List<String> options) throws Exception {
        Path classes = compile(opens);
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-p", classes + File.pathSeparator + jars().collect(Collectors.joining(File.pathSeparator)),
                "--add-modules", "ALL-MODULE-PATH", "-m", "app/app.main.Main"));
        return run(command);
    }

    private Path compile(List<String> opens) throws IOException {
        Path sources = Files.createTempDirectory(folder, "sources");
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-p",
                jars().collect(Collectors.joining(File.pathSeparator))));
        String info = "module app { requires parlor.core; exports app.model; exports app.main; " + String.join(" ", opens) + " }";
        for (String source : List.of(info, MODEL, COLOUR, VOTE, MAIN)) {
            Matcher name = Pattern.compile("(?:class|enum|record) (\\w+)").matcher(source);
            String file = name.find() ? name.group(1) : "module-info";
            arguments.add(Files.writeString(sources.resolve(file + ".java"), source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]))).isZero();
        return classes;
    }

    /** What a program said at its end. */
    private static String run(List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines().filter(line -> line.matches("(READ|FAILED) .*")).findFirst().orElse(said);
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
