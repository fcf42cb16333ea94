package dev.parlor.demo.desktop.model.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.SyncProgress;
import dev.parlor.demo.desktop.model.Windows;
import dev.parlor.testkit.ParlorNetwork;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person is told while a room is joined. */
class RoomDoorTest {
    private static final int ENTRIES = 20_000;
    private final ExecutorService ui = Executors.newSingleThreadExecutor(task -> new Thread(task, "door-ui"));
    private final ParlorNetwork network = ParlorNetwork.create();
    private final RoomDoor door = new RoomDoor(ui, Runnable::run, network::named, null);
    private final JoinForm form = new JoinForm("Ada", 0, "door", "", Reach.THIS_MACHINE, "");

    @AfterEach
    void close() {
        network.close();
        ui.shutdown();
    }

    @Test
    void howMuchHasArrivedOfALargeRoom() {
        try (Room full = network.named(form.room()).as("Bob").join(); Room other = network.named(form.room()).as("Cleo").join()) {
            full.sessionData().update(batch -> {
                for (int i = 0; i < ENTRIES; i++) {
                    batch.put("key" + i, "value " + i);
                }
            });
            // What is still being sent would come to the joiner by itself.
            full.flush(Windows.PATIENCE);
            assertThat(other.sessionData().size()).isEqualTo(ENTRIES);
            List<SyncProgress> told = new CopyOnWriteArrayList<>();
            CompletableFuture<Room> joined = new CompletableFuture<>();
            door.join(form, new EventQueue(), progress -> {
                assertThat(Thread.currentThread().getName()).isEqualTo("door-ui");
                told.add(progress);
            }, (room, problem) -> joined.complete(room));
            joined.join().close();
            assertThat(told).isNotEmpty().allSatisfy(each -> assertThat(each.entriesExpected()).isEqualTo(ENTRIES));
            assertThat(told.get(told.size() - 1).entriesReceived()).isEqualTo(ENTRIES);
            assertThat(told).extracting(SyncProgress::entriesReceived).isSorted();
        }
    }

    @Test
    void whyThereIsNoReportIsToldInWordsOnTheThreadOfTheWindow() {
        CompletableFuture<String> told = new CompletableFuture<>();
        door.examine(form, text -> told.complete(Thread.currentThread().getName() + ": " + text));
        assertThat(told.join()).startsWith("door-ui: the network of the room \"door\" is made up");
    }

    @Test
    void whoCancelsIsToldNothingMoreAndIsInNoRoom() throws Exception {
        try (Room there = network.named(form.room()).as("Bob").join()) {
            AtomicBoolean told = new AtomicBoolean();
            // Whoever joins waits for it, so that the join has not ended when it is cancelled.
            network.pause(there);
            CompletableFuture<Room> attempt = door.join(form, new EventQueue(), progress -> {}, (room, problem) -> told.set(true));
            assertThat(attempt.cancel(true)).isTrue();
            network.resume(there);
            JoinForm next = new JoinForm("Cleo", 0, form.room(), "", Reach.THIS_MACHINE, "");
            try (Room later = join(door, next)) {
                await().atMost(Windows.PATIENCE).untilAsserted(() -> assertThat(there.participants())
                        .extracting(Participant::name).containsExactly("Bob", "Cleo"));
                assertThat(later.participants()).hasSize(2);
            }
            ui.submit(() -> {}).get();
            assertThat(told).isFalse();
        }
    }

    @Test
    void whoIsMetAtKnownHosts() {
        RoomDoor real = new RoomDoor(ui, Runnable::run, Room::named, null);
        String room = "door-" + UUID.randomUUID();
        JoinForm ada = new JoinForm("Ada", 0, room, "", Reach.HOSTS, "127.0.0.1");
        JoinForm bob = new JoinForm("Bob", 0, room, "", Reach.HOSTS, "localhost, 127.0.0.1");
        try (Room one = join(real, ada); Room other = join(real, bob)) {
            one.awaitParticipants(2, Windows.PATIENCE);
            assertThat(other.participants()).extracting(Participant::name).containsExactly("Ada", "Bob");
        }
    }

    private static Room join(RoomDoor door, JoinForm wanted) {
        CompletableFuture<Room> joined = new CompletableFuture<>();
        door.join(wanted, new EventQueue(), progress -> {}, (room, problem) -> {
            if (room == null) {
                joined.completeExceptionally(new AssertionError(problem));
            } else {
                joined.complete(room);
            }
        });
        return joined.join();
    }
}
