package dev.parlor.internal.net.jgroups.discovery.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {
    private static final String ROOM = "parlor-1";
    private static final InetSocketAddress ANNA = new InetSocketAddress("192.0.2.1", 7_914);
    private static final InetSocketAddress ANNA_TOO = new InetSocketAddress("2001:db8::1", 7_914);
    private static final InetSocketAddress BEN = new InetSocketAddress("192.0.2.2", 7_915);
    /** By the programs' clocks, which need not be the folder's. */
    private static final long NOW = 1_000_000L;

    @TempDir
    private Path folder;

    private SharedFolder program(String self) {
        return new SharedFolder(folder, ROOM, self);
    }

    private Path fileOf(String self) {
        return folder.resolve(ROOM + "-" + self + ".parlor");
    }

    /** Of the folder's clock, of what is written now. */
    private FileTime clock() throws IOException {
        return Files.getLastModifiedTime(Files.writeString(folder.resolve("clock"), ""));
    }

    private void age(String self, long millis) throws IOException {
        Files.setLastModifiedTime(fileOf(self), FileTime.fromMillis(clock().toMillis() - millis));
    }

    @Test
    void twoProgramsFindEachOtherAndNotThemselves() throws IOException {
        SharedFolder anna = program("anna");
        SharedFolder ben = program("ben");
        assertThat(anna.exchange(List.of(ANNA, ANNA_TOO), NOW)).isEmpty();
        assertThat(ben.exchange(List.of(BEN), NOW)).containsExactly(ANNA, ANNA_TOO);
        assertThat(anna.exchange(List.of(ANNA, ANNA_TOO), NOW)).containsExactly(BEN);
    }

    @Test
    void aRoomDoesNotFindAnother() throws IOException {
        program("anna").exchange(List.of(ANNA), NOW);
        assertThat(new SharedFolder(folder, "parlor-2", "ben").exchange(List.of(BEN), NOW)).isEmpty();
    }

    @Test
    void theFolderIsMadeIfItIsNotThere() throws IOException {
        SharedFolder deep = new SharedFolder(folder.resolve("a").resolve("b"), ROOM, "anna");
        assertThat(deep.exchange(List.of(ANNA), NOW)).isEmpty();
        assertThat(folder.resolve("a").resolve("b")).isDirectoryContaining("glob:**.parlor");
    }

    @Test
    void aFolderThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> new SharedFolder(file, ROOM, "anna").exchange(List.of(ANNA), NOW)).isInstanceOf(IOException.class);
    }

    @Test
    void itWritesAnewWhenItsAddressesChangeAndEachHalfMinute() throws IOException {
        SharedFolder anna = program("anna");
        anna.exchange(List.of(ANNA), NOW);
        age("anna", 60_000);
        FileTime old = Files.getLastModifiedTime(fileOf("anna"));
        anna.exchange(List.of(ANNA), NOW + SharedFolder.REFRESH_MILLIS - 1);
        assertThat(Files.getLastModifiedTime(fileOf("anna"))).as("nothing is due").isEqualTo(old);
        anna.exchange(List.of(ANNA_TOO), NOW + SharedFolder.REFRESH_MILLIS - 1);
        assertThat(fileOf("anna")).content().contains("2001").doesNotContain("192.0.2.1");
        age("anna", 60_000);
        anna.exchange(List.of(ANNA_TOO), NOW + 2 * SharedFolder.REFRESH_MILLIS);
        assertThat(Files.getLastModifiedTime(fileOf("anna"))).isGreaterThan(old);
        age("anna", 60_000);
        anna.exchange(List.of(ANNA_TOO), NOW);
        assertThat(Files.getLastModifiedTime(fileOf("anna"))).as("its clock was set back").isGreaterThan(old);
    }

    @Test
    void itWritesAnewWhatSomebodyHasRemoved() throws IOException {
        SharedFolder anna = program("anna");
        anna.exchange(List.of(ANNA), NOW);
        Files.delete(fileOf("anna"));
        anna.exchange(List.of(ANNA), NOW + 1);
        assertThat(fileOf("anna")).exists();
    }

    /** The clock of a program may be wrong by years; that of the folder is the same for all files in it. */
    @Test
    void whatIsStaleByTheFoldersClockIsNotAsked() throws IOException {
        SharedFolder anna = program("anna");
        program("ben").exchange(List.of(BEN), NOW);
        age("ben", SharedFolder.STALE_MILLIS / 2);
        assertThat(anna.exchange(List.of(ANNA), 0)).containsExactly(BEN);
        age("ben", SharedFolder.STALE_MILLIS + 60_000);
        assertThat(anna.exchange(List.of(ANNA), 0)).isEmpty();
        assertThat(fileOf("ben")).as("it may come back").exists();
        age("ben", SharedFolder.REMOVED_MILLIS + 60_000);
        assertThat(anna.exchange(List.of(ANNA), 0)).isEmpty();
        assertThat(fileOf("ben")).doesNotExist();
    }

    @Test
    void whatSomebodyForgesIsPassedOver() throws IOException {
        Files.writeString(fileOf("forged"), String.join("\n", "", "192.0.2.2", "192.0.2.2 0", "192.0.2.2 65536", "192.0.2.2 -1",
                "192.0.2.2 7915 1", "no-such-host.invalid 7915", "ben 7915", "192.0.2.2 ٧٩١٥", "../../etc 1", "999.1.1.1 7915",
                "192.0.2.2 7915", "\0"));
        assertThat(program("anna").exchange(List.of(ANNA), NOW)).containsExactly(BEN);
    }

    @Test
    void whatIsNoTextOrNoFileOrTooLongIsPassedOver() throws IOException {
        Files.write(fileOf("bytes"), new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});
        Files.createDirectory(fileOf("folder"));
        Files.writeString(fileOf("long"), "192.0.2.2 7915\n".repeat(10_000));
        assertThat(program("anna").exchange(List.of(ANNA), NOW)).isEmpty();
    }

    /** Each that is read is sent a datagram. */
    @Test
    void aFileSaysFewAddresses() throws IOException {
        Files.writeString(fileOf("forged"), IntStream.range(0, 300).mapToObj(i -> "192.0.2.2 " + (1 + i)).collect(Collectors.joining("\n")));
        assertThat(program("anna").exchange(List.of(ANNA), NOW)).hasSize(SharedFolder.MAX_LINES);
    }

    @Test
    void whoLeavesRemovesItsOwnFileAndNoOther() throws IOException {
        SharedFolder anna = program("anna");
        anna.exchange(List.of(ANNA), NOW);
        program("ben").exchange(List.of(BEN), NOW);
        anna.close();
        anna.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(fileOf("ben"));
        }
    }
}
