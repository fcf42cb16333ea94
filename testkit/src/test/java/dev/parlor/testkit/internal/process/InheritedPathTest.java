package dev.parlor.testkit.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedPathTest {
    @TempDir
    private Path folder;

    private static String joined(Object... entries) {
        return String.join(File.pathSeparator, List.of(entries).stream().map(Object::toString).toList());
    }

    @Test
    void aClassPathStaysAsItIs() {
        assertThat(InheritedPath.of(List.of(), "", joined("a.jar", "b", "c.jar"))).isEqualTo(joined("a.jar", "b", "c.jar"));
    }

    @Test
    void anEmptyClassPathIsThePresentFolderAndStaysThat() {
        assertThat(InheritedPath.of(List.of(), "", "")).isEmpty();
    }

    @Test
    void testClassesThatPatchAModuleComeBeforeIt() {
        assertThat(InheritedPath.of(List.of("-ea", "--patch-module=app=" + joined("target/test-classes", "more")),
                joined("target/classes", "dep.jar"), "surefire.jar"))
                .isEqualTo(joined("target/test-classes", "more", "target/classes", "dep.jar", "surefire.jar"));
        assertThat(InheritedPath.of(List.of("--patch-module", "app=test"), "classes.jar", ""))
                .isEqualTo(joined("test", "classes.jar"));
    }

    @Test
    void aFolderOfModulesIsAllThatIsInIt() throws IOException {
        Path modules = Files.createDirectories(folder.resolve("modules"));
        Path jar = Files.createFile(modules.resolve("a.jar"));
        Path exploded = Files.createDirectories(modules.resolve("b"));
        Files.createFile(exploded.resolve("module-info.class"));
        Files.createFile(modules.resolve("notes.txt"));

        assertThat(InheritedPath.of(List.of(), modules.toString(), "")).isEqualTo(joined(jar, exploded));
        assertThat(InheritedPath.of(List.of(), exploded.toString(), "")).isEqualTo(exploded.toString());
    }

    @Test
    void whatIsOnBothPathsIsThereOnce() {
        assertThat(InheritedPath.of(List.of(), joined("a.jar", "b.jar"), joined("b.jar", "c.jar")))
                .isEqualTo(joined("a.jar", "b.jar", "c.jar"));
    }
}
