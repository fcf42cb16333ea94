package dev.parlor.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java to start programs with.
 *
 * @param home its folder
 * @param version the feature version, as 17
 */
record Java(Path home, int version) {
    /** The one that runs the tests and, if there is a later one beside it, the newest of those. */
    static List<Java> tested() {
        Java own = new Java(Path.of(System.getProperty("java.home")), Runtime.version().feature());
        try (Stream<Path> beside = Files.list(own.home().toRealPath().getParent())) {
            return Stream.concat(Stream.of(own), beside.flatMap(home -> at(home).stream())
                    .filter(each -> each.version() > own.version())
                    .max(Comparator.comparingInt(Java::version)).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Java> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isRegularFile(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(release)) {
            properties.load(in);
            String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Optional.of(new Java(home, Runtime.Version.parse(version).feature()));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    String command() {
        return home.resolve("bin").resolve("java").toString();
    }

    @Override
    public String toString() {
        return "Java " + version;
    }
}
