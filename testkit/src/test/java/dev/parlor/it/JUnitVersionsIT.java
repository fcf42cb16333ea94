package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The testkit works with the oldest JUnit that it names and with the newest, each in a JVM where there is no other. */
class JUnitVersionsIT {
    private static final Path VERSIONS = Path.of("target", "junit-versions");
    private static final String EXAMPLES = "dev.parlor.testkit.examples.MeetingExamplesTest";
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    static Stream<Path> consoles() throws IOException {
        try (Stream<Path> files = Files.list(VERSIONS)) {
            return files.filter(each -> each.toString().endsWith(".jar")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("consoles")
    void theExamplesPass(Path console) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                console + File.pathSeparator + withoutJUnit(), "org.junit.platform.console.ConsoleLauncher", "execute",
                "--select-class=" + EXAMPLES, "--fail-if-no-tests", "--disable-banner", "--details=tree")
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
    }

    private static String withoutJUnit() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("junit") && !each.contains("opentest4j")).collect(Collectors.joining(File.pathSeparator));
    }
}
