package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that do not run on the class path, or whose JVM was given options by the environment, start JVMs as well. */
class StartedOtherwiseIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void underADebuggerThatTheEnvironmentNames(String variable) throws Exception {
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + freePort();
        assertThat(run(List.of("-cp", CLASS_PATH, StartedProgram.class.getName()), Map.of(variable, debugger)))
                .contains(StartedProgram.RAN);
    }

    @Test
    void onTheModulePath() throws Exception {
        Path program = ModulePath.compile(folder, "module program { requires dev.parlor.testkit; exports dev.parlor.it; }",
                Files.readString(Path.of("src", "test", "java").resolve(StartedProgram.class.getName().replace('.', '/') + ".java")));
        assertThat(run(List.of("-p", ModulePath.with(program), "-m", "program/" + StartedProgram.class.getName()), Map.of()))
                .contains(StartedProgram.RAN);
    }

    private String run(List<String> arguments, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
