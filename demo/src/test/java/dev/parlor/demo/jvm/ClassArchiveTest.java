package dev.parlor.demo.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When there is a class archive, and of what. What Java makes of one is in {@link ClassArchiveIT}. */
@DisabledOnOs(OS.WINDOWS)
class ClassArchiveTest {
    @TempDir
    private Path place;

    private ClassArchive archive() throws IOException {
        return new ClassArchive(ArchiveFolder.in(place), "kind-key");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(place.resolve("parlor"))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static ClassArchive.Rehearsal shell(String script) {
        return options -> {
            List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "rehearsal"));
            command.add(options.get(options.size() - 1).replace("-XX:ArchiveClassesAtExit=", ""));
            return new ProcessBuilder(command).start();
        };
    }

    @Test
    void anArchiveIsOfOneClassPath() throws IOException {
        Path jar = Files.writeString(place.resolve("a.jar"), "one");
        Path other = Files.writeString(place.resolve("b.jar"), "one");
        Optional<String> key = ClassArchive.key(jar.toString());
        assertThat(key).isPresent().isEqualTo(ClassArchive.key(jar.toString()));
        assertThat(ClassArchive.key(other.toString())).isPresent().isNotEqualTo(key);
        assertThat(ClassArchive.key(jar + File.pathSeparator + other)).isPresent().isNotEqualTo(key);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        Optional<String> later = ClassArchive.key(jar.toString());
        assertThat(later).isPresent().isNotEqualTo(key);
        FileTime modified = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(Files.writeString(jar, "three"), modified);
        assertThat(ClassArchive.key(jar.toString())).isPresent().isNotEqualTo(later);
    }

    @Test
    void foldersAndWhatIsMissingHaveNone() throws IOException {
        Path jar = Files.writeString(place.resolve("a.jar"), "one");
        assertThat(ClassArchive.key(jar + File.pathSeparator + place)).isEmpty();
        assertThat(ClassArchive.key(jar + File.pathSeparator + place.resolve("none.jar"))).isEmpty();
    }

    @Test
    void isMadeOnce() throws Exception {
        assertThat(archive().options()).isEmpty();
        assertThat(archive().isWanted()).isTrue();
        archive().make(shell("echo classes > \"$1\""));
        assertThat(archive().isWanted()).isFalse();
        assertThat(files()).singleElement().asString().matches("kind-key-[0-9a-f]+\\.jsa");
        assertThat(archive().options()).contains("-Xshare:auto")
                .contains("-XX:SharedArchiveFile=" + place.toRealPath().resolve("parlor").resolve(files().get(0)));
        archive().make(options -> {
            throw new AssertionError("it is there");
        });
    }

    @Test
    void aBrokenOneIsDeletedAndMadeAnew() throws Exception {
        archive().make(shell("echo classes > \"$1\""));
        Files.writeString(place.resolve("parlor").resolve(files().get(0)), "Classes\n");
        assertThat(archive().options()).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(archive().isWanted()).isTrue();
    }

    @Test
    void whatCouldNotBeMadeIsNotTriedAgain() throws Exception {
        for (String script : List.of("echo classes > \"$1\"; exit 1", "exit 0", "rm \"$1\"", "kill -9 $$")) {
            archive().make(shell(script));
            assertThat(files()).as(script).containsExactly("kind-key.failed");
            assertThat(archive().isWanted()).as(script).isFalse();
            assertThat(archive().options()).as(script).isEmpty();
            Files.delete(place.resolve("parlor").resolve("kind-key.failed"));
        }
    }

    @Test
    void aProgramThatCannotBeStartedIsNoMatter() throws Exception {
        archive().make(options -> new ProcessBuilder("/nowhere/java").start());
        assertThat(files()).isEmpty();
    }

    @Test
    void withoutAFolderNothingIsDone() throws Exception {
        ClassArchive none = new ClassArchive(Optional.empty(), "kind-key");
        assertThat(none.options()).isEmpty();
        assertThat(none.isWanted()).isFalse();
        none.make(options -> {
            throw new AssertionError("nowhere to write to");
        });
    }
}
