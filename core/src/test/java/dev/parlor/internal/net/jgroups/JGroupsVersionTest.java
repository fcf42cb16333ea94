package dev.parlor.internal.net.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.JoinException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.jgroups.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JGroupsVersionTest {
    @TempDir
    private Path folder;

    /** A class path with a JGroups of its own, or with none. */
    private URLClassLoader with(String version) throws Exception {
        if (version != null) {
            Path source = folder.resolve("org/jgroups/JChannel.java");
            Files.createDirectories(source.getParent());
            Files.writeString(source, "package org.jgroups; public class JChannel {}");
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString())).isZero();
            if (!version.isEmpty()) {
                Files.writeString(folder.resolve("JGROUPS_VERSION.properties"), "jgroups.version=" + version + "\n");
            }
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private void assertNamed(String version, String... words) throws Exception {
        try (URLClassLoader loader = with(version)) {
            assertThatThrownBy(() -> JGroupsVersion.require("cave", loader)).isInstanceOfSatisfying(JoinException.class,
                    e -> assertThat(e.reason()).isEqualTo(JoinException.Reason.WRONG_JGROUPS))
                    .hasMessageContainingAll(words).hasMessageContaining("Parlor needs 5.5.7");
        }
    }

    @Test
    void theOneOnTheClassPathIsWhatIsNeeded() {
        JGroupsVersion.require("cave");
        assertThat(new int[] {Version.major, Version.minor, Version.micro})
                .containsExactly(JGroupsVersion.MAJOR, JGroupsVersion.MINOR, JGroupsVersion.MICRO);
    }

    @Test
    void anotherOneIsNamedWithThePlaceItCameFrom() throws Exception {
        assertNamed("4.2.30.Final", "JGroups 4.2.30.Final", folder.toString());
        assertNamed("3.6.20.Final", "JGroups 3.6.20.Final");
        assertNamed("5.6.0.Alpha1", "JGroups 5.6.0.Alpha1");
        assertNamed("5.5.6.Final", "JGroups 5.5.6.Final");
    }

    @Test
    void oneThatDoesNotSayItsVersionIsNamedByItsPlace() throws Exception {
        assertNamed("", "unknown version", folder.toString());
    }

    @Test
    void noneAtAllIsToldToo() throws Exception {
        assertNamed(null, "there is no JGroups");
    }

    @Test
    void aLaterOneOfTheSameMinorVersionIsTaken() throws Exception {
        try (URLClassLoader loader = with("5.5.12.Final")) {
            assertThatCode(() -> JGroupsVersion.require("cave", loader)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"5.5.7.Final, true", "5.5.7, true", "5.5.10.Final, true", "5.5.6.Final, false", "5.4.12.Final, false",
            "6.0.0.Final, false", "55.7.1, false", "five, false", "5.5, false", "999999999999.5.7, false"})
    void versionsAreCompared(String version, boolean suitable) {
        assertThat(JGroupsVersion.isSuitable(version)).isEqualTo(suitable);
    }

    @Test
    void whatIsMissingInAMixtureIsNamed() {
        assertThat(JGroupsVersion.wrong("cave", new NoSuchMethodError("void org.jgroups.X.y()")))
                .hasMessageContainingAll("5.5.7", "org.jgroups.X.y()", ".jar");
    }
}
