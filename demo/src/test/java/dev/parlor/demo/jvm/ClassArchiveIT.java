package dev.parlor.demo.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.demo.desktop.DesktopCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java makes of a class archive of the demo's jar. */
class ClassArchiveIT {
    private static final String JAR = Path.of("target", "parlor-demo.jar").toString();
    private static final String ARCHIVED = " source: shared objects file (top)";
    private static final int HEAD_BYTES = 4096;
    private static final List<String> VERSION = List.of("--version");

    @TempDir
    private Path place;
    private ClassArchive archive;

    @BeforeEach
    void make() throws Exception {
        assumeTrue(Files.exists(Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa")), "of a Java with an archive");
        archive = new ClassArchive(ArchiveFolder.in(place), "kind-key");
    }

    private static Process start(List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ThisJava.program()));
        command.addAll(options);
        command.addAll(List.of("-cp", JAR, "dev.parlor.demo.Demo"));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What a JVM prints that ends well. */
    private static String output(List<String> options, List<String> arguments) throws Exception {
        Process process = start(options, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private List<String> loaded(List<String> options, List<String> arguments) throws Exception {
        Path log = place.resolve("loaded.log");
        List<String> logged = new ArrayList<>(options);
        logged.add("-Xlog:class+load:file=" + log + "::filecount=0");
        output(logged, arguments);
        return Files.readAllLines(log);
    }

    private static Path file(List<String> options) {
        return Path.of(options.stream().filter(each -> each.startsWith("-XX:SharedArchiveFile=")).findFirst().orElseThrow()
                .substring("-XX:SharedArchiveFile=".length()));
    }

    @Test
    void theSecondProgramLoadsItsClassesFromIt() throws Exception {
        String plain = output(List.of(), VERSION);
        archive.make(options -> start(options, VERSION));
        List<String> options = archive.options();
        assertThat(output(options, VERSION)).isEqualTo(plain);
        assertThat(loaded(options, VERSION)).anyMatch(line -> line.endsWith("dev.parlor.demo.Demo" + ARCHIVED))
                .anyMatch(line -> line.endsWith("dev.parlor.demo.tour.Tour" + ARCHIVED));
    }

    @Test
    void whatJavaDoesNotTakeIsNotTold() throws Exception {
        String plain = output(List.of(), VERSION);
        archive.make(options -> start(options, VERSION));
        List<String> options = archive.options();
        Path file = file(options);
        byte[] whole = Files.readAllBytes(file);
        assertThat(file.toFile().setWritable(true)).isTrue();
        for (int length : new int[] {100, 0}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(output(options, VERSION)).as("the first %d bytes", length).isEqualTo(plain);
        }
        Arrays.fill(whole, 0, HEAD_BYTES, (byte) 0);
        Files.write(file, whole);
        assertThat(output(options, VERSION)).as("all but the head, which Java writes last").isEqualTo(plain);
        Files.delete(file);
        assertThat(output(options, VERSION)).as("without the file").isEqualTo(plain);
    }

    /** Java 17 dies of the first of these by SIGBUS, and may of the other. */
    @Test
    void aBrokenBodyIsNotGivenToJava() throws Exception {
        for (boolean shorter : new boolean[] {true, false}) {
            archive.make(options -> start(options, VERSION));
            Path file = file(archive.options());
            assertThat(file.toFile().setWritable(true)).isTrue();
            try (RandomAccessFile broken = new RandomAccessFile(file.toFile(), "rw")) {
                if (shorter) {
                    broken.setLength(broken.length() / 2);
                } else {
                    broken.seek(broken.length() / 2);
                    broken.write("not what Java wrote".getBytes(StandardCharsets.UTF_8));
                }
            }
            assertThat(archive.options()).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void anUnseenWindowLoadsWhatWindowsLoad() throws Exception {
        assumeTrue(DesktopCommand.hasDisplay(), "a display is needed: start Xvfb and set DISPLAY");
        List<String> unseen = List.of("desktop", "unseen-" + UUID.randomUUID(), "--name", "Ada", "--rehearse");
        archive.make(options -> start(options, unseen));
        assertThat(loaded(archive.options(), unseen))
                .anyMatch(line -> line.endsWith("desktop.view.inspector.InspectorView" + ARCHIVED))
                .anyMatch(line -> line.endsWith("org.jgroups.JChannel" + ARCHIVED));
    }
}
