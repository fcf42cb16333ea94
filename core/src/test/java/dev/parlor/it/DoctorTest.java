package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Doctor;
import dev.parlor.DoctorReport;
import dev.parlor.DoctorReport.Code;
import dev.parlor.DoctorReport.Severity;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.Warning;
import dev.parlor.WaitInterruptedException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor and real rooms, on the loopback. */
class DoctorTest {
    private static final String SECRET = "open sesame";
    private static final int SECONDS = 30;

    private final String name = "doctor-" + UUID.randomUUID();
    private final String host = "127.0.0.1:" + freePort();

    private RoomBuilder builder() {
        return Room.named(name).hosts(host);
    }

    @Test
    void aRoomIsFoundAndNotDisturbed() throws Exception {
        List<Warning> warnings = new CopyOnWriteArrayList<>();
        try (Room room = builder().on(Warning.class, warnings::add).join()) {
            CompletableFuture<DoctorReport> first = Doctor.examineAsync(builder());
            // Two at once, which do not take each other for programs of the room.
            DoctorReport second = Doctor.examine(builder());
            for (DoctorReport report : List.of(first.get(SECONDS, TimeUnit.SECONDS), second)) {
                assertThat(report.isHealthy()).as(report.toString()).isTrue();
                assertThat(report.of(Code.PEERS)).as(report.toString()).singleElement()
                        .satisfies(found -> assertThat(found.seen()).contains("One program", "127.0.0.1:"));
                assertThat(report.of(Code.CLOCKS)).hasSize(1);
            }
            assertThat(room.participants()).hasSize(1);
            assertThat(room.stats().strangersRefused()).isZero();
            // Who only looks is nobody.
            assertThat(warnings).allMatch(each -> each.kind() == Warning.Kind.NOBODY_HEARD);
        }
    }

    @Test
    void aRoomWithTheSamePassphraseIsFoundAndTheReportHasNoSecret() {
        try (Room room = builder().passphrase(SECRET.toCharArray()).join()) {
            DoctorReport report = Doctor.examine(builder().passphrase(SECRET.toCharArray()));
            assertThat(report.isHealthy()).as(report.toString()).isTrue();
            assertThat(report.of(Code.PEERS)).as(report.toString()).hasSize(1);
            assertThat(room.stats().strangersRefused()).isZero();
            assertHasNoSecret(report);
        }
    }

    @Test
    void aWrongPassphraseIsFoundAndTheReportHasNoSecret() {
        try (Room room = builder().passphrase("close sesame".toCharArray()).join()) {
            assertFinds(Doctor.examine(builder().passphrase(SECRET.toCharArray())), "another passphrase");
            assertFinds(Doctor.examine(builder()), "with a passphrase");
            assertThat(room.participants()).hasSize(1);
        }
        try (Room room = builder().join()) {
            assertFinds(Doctor.examine(builder().passphrase(SECRET.toCharArray())), "without a passphrase");
            assertThat(room.participants()).hasSize(1);
        }
    }

    private static void assertFinds(DoctorReport report, String said) {
        assertThat(report.of(Code.WRONG_PASSPHRASE)).as(report.toString()).singleElement()
                .satisfies(found -> assertThat(found.seen()).contains(said));
        assertThat(report.of(Code.NOBODY_HEARD)).isEmpty();
        assertHasNoSecret(report);
    }

    private static void assertHasNoSecret(DoctorReport report) {
        for (String text : List.of(report.toString(), report.toJson(), String.valueOf(report.findings()))) {
            assertThat(text).doesNotContain("sesame");
        }
    }

    @Test
    void nobodyAndAFolderAndAnUnknownHostAndATakenPort(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            DoctorReport report = Doctor.examine(Room.named(name).hosts("no-such-host.invalid").folder(folder).folder(folder.resolve("none"))
                    .port(taken.getLocalPort()));
            assertThat(report.of(Code.NOBODY_HEARD)).as(report.toString()).hasSize(1);
            assertThat(report.of(Code.UNKNOWN_HOST)).hasSize(1);
            assertThat(report.of(Code.FOLDER)).hasSize(1);
            assertThat(report.of(Code.FOLDER_UNUSABLE)).hasSize(1);
            assertThat(report.of(Code.PORT_TAKEN)).hasSize(1);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aRoomOfThisMachineIsNotLookedFor() {
        DoctorReport report = Doctor.examine(Room.named(name));
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
        assertThat(report.of(Code.THIS_MACHINE_ONLY)).hasSize(1);
        assertThat(report.findings()).noneMatch(each -> each.severity() == Severity.PROBLEM);
    }

    @Test
    void whoIsInterruptedIsToldSo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Doctor.examine(builder())).isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
