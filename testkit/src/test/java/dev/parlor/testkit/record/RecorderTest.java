package dev.parlor.testkit.record;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.Room;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.Participants;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.ParlorTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording says of a room, and whether its replay ends where the room did. */
class RecorderTest {
    /** Where a frame has the number of its kind, behind two bytes that say what it is. */
    private static final int KIND_AT = 2;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("room.recording");
    }

    @ParlorTest
    void aRecordingShowsStepByStepWhatAReplicaDid(@Participants(2) List<Room> rooms) {
        Room ada = rooms.get(0);
        Room bob = rooms.get(1);
        ada.sessionData().put("before", "there already");
        assertThat(bob).hasSessionData("before", "there already");
        RoomRecorder recorder = RoomRecorder.attach(bob, file());
        ada.sessionData().put("key", "by\tAda");
        assertThat(bob).hasSessionData("key", "by\tAda");
        bob.sessionData().put("key", "by Bob");
        bob.sessionData().remove("before");
        ada.send("hello");
        assertThat(rooms).eventuallyAgree();
        assertThat(bob).receives(String.class, "hello"::equals);
        recorder.close();
        try (Replay replay = Replay.of(file())) {
            List<Step> steps = new ArrayList<>();
            for (Optional<Step> step; (step = replay.next()).isPresent();) {
                steps.add(step.get());
                if (step.get().kind() == Step.Kind.HELD) {
                    assertThat(replay.sessionData()).containsEntry("before", "there already").hasSize(1);
                }
            }
            assertThat(steps.get(0).text()).isEqualTo("room test, as Bob");
            assertThat(steps).filteredOn(step -> step.kind() == Step.Kind.APPLIED).flatMap(Step::changes)
                    .anySatisfy(change -> assertThat(change).startsWith("key: nothing -> by\tAda (Ada at 20"));
            assertThat(steps).filteredOn(step -> step.kind() == Step.Kind.WROTE).flatMap(Step::changes)
                    .anySatisfy(change -> assertThat(change).startsWith("key: by\tAda (Ada at ").contains("-> by Bob (Bob at "))
                    .anySatisfy(change -> assertThat(change).startsWith("before: there already").contains("-> removed (Bob at "));
            assertThat(steps).filteredOn(step -> step.kind() == Step.Kind.EVENT)
                    .anySatisfy(step -> assertThat(step.text()).contains("MessageReceived", "hello"));
            assertThat(replay.sessionData()).containsEntry("key", "by Bob").hasSize(1);
            assertThat(replay.endsAsRecorded()).contains(true);
            assertThat(replay.leftOut()).isZero();
            assertThat(steps.get(1)).asString().contains("HELD");
        }
    }

    @Test
    void aReplayGoesOnAfterAFrameOfAKindThatItDoesNotKnow() throws IOException {
        byte[] frame = FrameCodec.encode(2, new Frame.Numbered(7, new Frame.WhoIsThere()));
        frame[KIND_AT] = (byte) 0xFF;
        Files.write(file(), List.of(Lines.HEADER, Lines.format(0, Step.Kind.IN, "2\tall", frame),
                Lines.format(1, Step.Kind.END, "0", null)));
        try (Replay replay = Replay.of(file())) {
            assertThat(replay.all()).extracting(Step::kind).containsExactly(Step.Kind.IN, Step.Kind.END);
        }
        try (Replay replay = Replay.of(file())) {
            assertThat(replay.next().orElseThrow().text()).contains("to all", "of a kind that is not known here", "no. 7");
        }
    }

    @ParlorTest(network = NetworkKind.VIRTUAL_TIME)
    void aReplayEndsWhereTheRoomDidAfterFaultsToo(@Participants(3) List<Room> rooms, ParlorNetwork network) {
        Random random = new Random(network.seed());
        RoomRecorder recorder = RoomRecorder.attach(rooms.get(1), file());
        network.lose(0.2);
        for (int i = 0; i < 300; i++) {
            act(rooms.get(random.nextInt(3)), random);
            if (i == 100) {
                network.partition(rooms.get(0), rooms.get(1));
            } else if (i == 200) {
                network.heal();
            }
            network.advance(Duration.ofMillis(random.nextInt(50)));
        }
        network.lose(0);
        assertThat(rooms).eventuallyAgree();
        recorder.close();
        try (Replay replay = Replay.of(file())) {
            assertThat(replay.all()).hasSizeGreaterThan(500);
            assertThat(replay.endsAsRecorded()).contains(true);
            assertThat(replay.sessionData().keySet()).isEqualTo(rooms.get(1).sessionData().asMap().keySet());
        }
    }

    private static void act(Room room, Random random) {
        String key = "key" + random.nextInt(20);
        switch (random.nextInt(8)) {
            case 0 -> room.sessionData().remove(key);
            case 1 -> room.sessionData().replace(Map.of(key, "alone", "other", random.nextInt()));
            case 2 -> room.sessionData().update(batch -> batch.put(key, 1).put(key + "b", 2));
            case 3 -> room.send("message");
            default -> room.sessionData().put(key, random.nextInt());
        }
    }

    @ParlorTest
    void whatIsOddInNamesAndTextsHarmsNoRecording(ParlorNetwork network) {
        try (Room room = network.join("Ada\tLovelace")) {
            RoomRecorder recorder = RoomRecorder.attach(room, file());
            assertThatThrownBy(() -> RoomRecorder.attach(room, folder.resolve("second"))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("recorded already");
            room.sessionData().put("emoji", "😀".repeat(10_000));
            room.sessionData().put("half", "\ud83d");
            room.sessionData().put("lines\n\r\t\\n", "a\nb");
            recorder.close();
            RoomRecorder.attach(room, folder.resolve("second")).close();
        }
        try (Replay replay = Replay.of(file())) {
            replay.all();
            assertThat(replay.endsAsRecorded()).contains(true);
            assertThat(replay.sessionData()).containsEntry("lines\n\r\t\\n", "a\nb").hasSize(3);
        }
    }

    @ParlorTest
    void aRecordingThatBeginsAndEndsAmidAStormEndsAsTheRoomDid(@Participants(2) List<Room> rooms) throws Exception {
        AtomicBoolean storm = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            for (int i = 0; storm.get(); i++) {
                rooms.get(0).sessionData().put("key" + i % 500, i);
            }
        });
        writer.start();
        for (int i = 0; i < 30; i++) {
            Path file = folder.resolve("storm" + i);
            RoomRecorder recorder = RoomRecorder.attach(rooms.get(1), file);
            Thread.yield();
            recorder.close();
            try (Replay replay = Replay.of(file)) {
                replay.all();
                assertThat(replay.endsAsRecorded()).as("recording " + i).contains(true);
            }
        }
        storm.set(false);
        writer.join();
    }

    @ParlorTest
    void whatIsCutOffIsReadAsFarAsItGoes(Room room) throws IOException {
        RoomRecorder recorder = RoomRecorder.attach(room, file());
        room.sessionData().put("key", "value");
        recorder.close();
        String whole = Files.readString(file());
        Files.writeString(file(), whole.substring(0, whole.indexOf("FINALLY") - 3));
        try (Replay replay = Replay.of(file())) {
            assertThat(replay.all()).isNotEmpty();
            assertThat(replay.sessionData()).containsEntry("key", "value");
            assertThat(replay.endsAsRecorded()).isEmpty();
        }
        Files.writeString(file(), "parlor-recording 1\n5\tVIEW\tx\t\n");
        try (Replay replay = Replay.of(file())) {
            assertThatThrownBy(replay::next).isInstanceOf(UncheckedIOException.class).hasMessageContaining("damaged after step 0");
        }
        Files.writeString(file(), "something else");
        assertThatThrownBy(() -> Replay.of(file())).isInstanceOf(UncheckedIOException.class).hasRootCauseMessage(
                "it begins with something else, a recording with parlor-recording 1");
        assertThatThrownBy(() -> RoomRecorder.attach(room, folder.resolve("no/such/folder"))).isInstanceOf(UncheckedIOException.class);
    }
}
