package dev.parlor.demo.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.demo.desktop.net.PluggedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The application image that {@code -Pdist} makes, run where no Java is to be found. */
class DistIT {
    private static final Path PROGRAM = Path.of("target", "dist", "Parlor", "bin", "Parlor");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void itsJavaHasAnArchiveOfItsClasses() throws Exception {
        assumeTrue(Files.exists(PROGRAM), "made by -Pdist only");
        Path java = Path.of("target", "dist", "Parlor", "lib", "runtime", "bin", "java");
        Process version = new ProcessBuilder(java.toAbsolutePath().toString(), "-Xshare:on", "-version").inheritIO().start();
        assertThat(version.waitFor()).isZero();
    }

    @Test
    void theImageOpensWindowsThatMeet() throws Exception {
        assumeTrue(Files.exists(PROGRAM), "made by -Pdist only");
        WindowProcess.assumeDisplay();
        String name = "dist-" + UUID.randomUUID();
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toAbsolutePath().toString(), "desktop", name, "--name", "Ada",
                "--peers", "1").inheritIO();
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", "/nowhere");
        builder.environment().put("XDG_CACHE_HOME", Path.of("target", "cache").toAbsolutePath().toString());
        Process program = builder.start();
        try (Room room = Room.named(name).as("Test").stack(PluggedStack.write(name).toString()).join()) {
            assertThat(room.awaitParticipants(3, PATIENCE)).extracting(Participant::name).contains("Ada", "Bob", "Test");
        } finally {
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly();
        }
    }
}
