package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        String program = jarOf(StartedProgram.class).toString();
        String jars = Stream.concat(Stream.of(program), Stream.of(CLASS_PATH.split(File.pathSeparator)).map(this::asJar))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(run(List.of("-p", jars, "--add-modules", "ALL-MODULE-PATH", "-m", "program/" + StartedProgram.class.getName()),
                Map.of())).contains(StartedProgram.RAN);
    }

    /** A folder of classes is no module by itself, but a JAR of them is. The folder of our tests is left out by its packages. */
    private String asJar(String entry) {
        Path place = Path.of(entry);
        if (!Files.isDirectory(place) || Files.exists(place.resolve(StartedProgram.class.getName().replace('.', '/') + ".class"))) {
            return entry.endsWith(".jar") ? entry : "";
        }
        try (Stream<Path> files = Files.walk(place)) {
            Path jar = folder.resolve(place.getParent().getParent().getFileName() + ".jar");
            write(jar, files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> place.relativize(file).toString().replace('\\', '/'), file -> file)));
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jarOf(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve("program.class");
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, copy);
        }
        Path jar = folder.resolve("program.jar");
        write(jar, Map.of(name, copy));
        return jar;
    }

    private static void write(Path jar, Map<String, Path> files) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                Files.copy(file.getValue(), out);
            }
        }
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
