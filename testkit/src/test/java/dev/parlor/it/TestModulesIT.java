package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests in a module of their own, and tests on the class path of a library that is a module. */
class TestModulesIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final String TESTS = """
            package app.tests;
            import static dev.parlor.testkit.ParlorAssertions.assertThat;
            import dev.parlor.Room;
            import dev.parlor.testkit.NetworkKind;
            import dev.parlor.testkit.Participants;
            import dev.parlor.testkit.ParlorNetwork;
            import dev.parlor.testkit.ParlorTest;
            class MeetingTest {
                record Vote(String who) {}
                @Participants
                private Room zoe;
                @ParlorTest(types = Vote.class)
                void inMemory(Room ada) {
                    share(ada);
                }
                @ParlorTest(types = Vote.class, network = NetworkKind.VIRTUAL_TIME)
                void inVirtualTime(Room ada) {
                    share(ada);
                }
                @ParlorTest(types = Vote.class, network = NetworkKind.JGROUPS)
                void overJGroups(Room ada, ParlorNetwork network) {
                    network.lose(0.1);
                    share(ada);
                }
                private void share(Room ada) {
                    ada.sessionData().put("vote", new Vote("ada"));
                    assertThat(zoe).hasSessionData("vote", new Vote("ada"));
                }
            }
            """;
    private static final String RUNNER = """
            package app.tests;
            import org.junit.platform.engine.discovery.DiscoverySelectors;
            import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
            import org.junit.platform.launcher.core.LauncherFactory;
            import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
            class Runner {
                public static void main(String[] args) {
                    SummaryGeneratingListener summary = new SummaryGeneratingListener();
                    LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(MeetingTest.class)).build(), summary);
                    System.out.println("PASSED " + summary.getSummary().getTestsSucceededCount());
                    summary.getSummary().getFailures().forEach(each -> System.out.println("FAILED " + each.getException()));
                }
            }
            """;

    @TempDir
    private Path folder;

    /** What docs/testing.md says, and by what the tests are started. */
    private static String module(String opensTo) throws Exception {
        Matcher found = Pattern.compile("```java\\R(module app\\.tests .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "testing.md")));
        assertThat(found.find()).isTrue();
        String documented = found.group(1).replace("requires org.junit.jupiter.api;",
                "requires org.junit.jupiter.api; requires org.junit.platform.launcher;");
        return documented.replaceFirst("opens app.tests to (.*);", "opens app.tests to " + opensTo + ";");
    }

    @Test
    void aModuleOfTestsHasAllThatOthersHave() throws Exception {
        Path tests = ModulePath.compile(folder, module("$1"), TESTS, RUNNER);
        assertThat(run("-p", ModulePath.with(tests), "-m", "app.tests/app.tests.Runner")).containsExactly("PASSED 3");
    }

    @Test
    void aFieldThatTheTestkitCannotSetIsNamedWithTheLineThatIsMissing() throws Exception {
        Path tests = ModulePath.compile(folder, module("org.junit.platform.commons, dev.parlor"), TESTS, RUNNER);
        assertThat(run("-p", ModulePath.with(tests), "-m", "app.tests/app.tests.Runner")).hasSize(4).startsWith("PASSED 0")
                .filteredOn(line -> line.startsWith("FAILED")).allMatch(line -> line.startsWith("FAILED dev.parlor.InvalidArgumentException: ")
                        && line.contains("zoe") && line.contains("\"opens app.tests to dev.parlor.testkit;\"")
                        && line.contains("the module app.tests "));
    }

    /** As Maven has it where an application is a module and its tests are none. */
    @Test
    void onTheClassPathOfALibraryThatIsAModuleTheTestkitSaysSo() throws Exception {
        Path tests = ModulePath.compile(folder, module("org.junit.platform.commons"), TESTS, RUNNER);
        List<String> modules = new ArrayList<>();
        List<String> others = new ArrayList<>(List.of(tests.toString()));
        ModulePath.all().forEach(each -> (isOfTheLibrary(each) ? modules : others).add(each));
        assertThat(run("-p", String.join(File.pathSeparator, modules), "--add-modules", "dev.parlor", "-cp",
                String.join(File.pathSeparator, others), "app.tests.Runner")).hasSize(4).startsWith("PASSED 0")
                .filteredOn(line -> line.startsWith("FAILED")).allMatch(line -> line.startsWith(
                        "FAILED dev.parlor.testkit.TestkitOnClassPathException: ") && line.contains("<useModulePath>false</useModulePath>")
                        && line.contains("\"requires dev.parlor.testkit;\""));
    }

    private static boolean isOfTheLibrary(String path) {
        return path.replace('\\', '/').matches(".*/(parlor-core|parlor-jgroups-config|jgroups|kryo|minlog|objenesis|reflectasm|slf4j-api)-[^/]*\\.jar"
                + "|.*/(core|jgroups-config)/target/classes");
    }

    /** What a program says at its end. */
    private List<String> run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> said = Files.readAllLines(output, StandardCharsets.UTF_8);
        List<String> ending = said.stream().filter(line -> line.matches("(PASSED|FAILED) .*")).collect(Collectors.toList());
        assertThat(ending).as(String.join("\n", said)).isNotEmpty();
        return ending;
    }
}
