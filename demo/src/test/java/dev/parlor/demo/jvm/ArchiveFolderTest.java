package dev.parlor.demo.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where class archives are kept: for their user alone, and not without end. */
@DisabledOnOs(OS.WINDOWS)
class ArchiveFolderTest {
    @TempDir
    private Path cache;

    private ArchiveFolder folder() throws IOException {
        return ArchiveFolder.in(cache).orElseThrow();
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Path file(Path path, Instant modified) throws IOException {
        return Files.setLastModifiedTime(Files.createFile(path), FileTime.from(modified));
    }

    @Test
    void itIsForItsUserAlone() throws IOException {
        folder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("parlor")))).isEqualTo("rwx------");
    }

    @Test
    void oneThatOthersMayWriteToIsNotUsed() throws IOException {
        folder();
        for (String permissions : List.of("rwxrwx---", "rwx----w-", "rwxr-xr-x")) {
            permit(cache.resolve("parlor"), permissions);
            assertThat(ArchiveFolder.in(cache)).as(permissions).isEmpty();
        }
        permit(cache.resolve("parlor"), "rwx------");
        assertThat(ArchiveFolder.in(cache)).isPresent();
    }

    @Test
    void oneThatOthersMayReplaceIsNotUsed() throws IOException {
        Path above = Files.createDirectories(cache.resolve("above"));
        assertThat(ArchiveFolder.in(above.resolve("cache"))).isPresent();
        permit(above, "rwxrwxrwx");
        assertThat(ArchiveFolder.in(above.resolve("cache"))).isEmpty();
    }

    @Test
    void aLinkIsJudgedByWhereItLeads() throws IOException {
        Path open = Files.createDirectories(cache.resolve("open"));
        permit(open, "rwxrwxrwx");
        Files.createDirectories(open.resolve("parlor"));
        permit(open.resolve("parlor"), "rwx------");
        Path linked = Files.createDirectories(cache.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("parlor"), open.resolve("parlor"));
        assertThat(ArchiveFolder.in(linked)).isEmpty();
    }

    @Test
    void whereNoFolderCanBeThereIsNone() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        assertThatThrownBy(() -> ArchiveFolder.in(file)).isInstanceOf(IOException.class);
    }

    @Test
    void theNewestAreKept() throws IOException {
        ArchiveFolder folder = folder();
        Instant now = Instant.now();
        List<Path> archives = new ArrayList<>();
        for (int age = 0; age < ArchiveFolder.KEPT + 2; age++) {
            archives.add(file(folder.archive("kind" + age, age), now.minusSeconds(age)));
        }
        folder.prune();
        assertThat(archives.subList(0, ArchiveFolder.KEPT)).allMatch(Files::exists);
        assertThat(archives.subList(ArchiveFolder.KEPT, archives.size())).noneMatch(Files::exists);
    }

    @Test
    void whatAKilledProgramHasLeftIsDeleted() throws IOException {
        ArchiveFolder folder = folder();
        Path young = folder.unfinished("kind");
        Path old = Files.setLastModifiedTime(folder.unfinished("kind"),
                FileTime.from(Instant.now().minus(ArchiveFolder.UNFINISHED_AT_MOST).minusSeconds(1)));
        folder.prune();
        assertThat(young).as("somebody works on it").exists();
        assertThat(old).doesNotExist();
        assertThat(folder.archives("kind")).as("it is no archive").isEmpty();
    }
}
