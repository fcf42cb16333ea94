package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who leaves leaves nothing behind. */
class CleanLeaveTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void noThreadSocketOrFileStays() {
        // JGroups and the JVM make some things once, at the first use.
        joinAndLeave();
        Set<Path> files = filesOf(Path.of(System.getProperty("java.io.tmpdir")));
        Set<Thread> threads = threads();
        long sockets = sockets();
        for (int i = 0; i < 5; i++) {
            joinAndLeave();
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(threads().stream().filter(thread -> !threads.contains(thread)
                    && !thread.getName().startsWith("ForkJoinPool") && !thread.getName().startsWith("awaitility")))
                    .isEmpty();
            assertThat(sockets()).as("open sockets").isLessThanOrEqualTo(sockets);
        });
        assertThat(filesOf(Path.of(System.getProperty("java.io.tmpdir")))).isEqualTo(files);
    }

    private static void joinAndLeave() {
        String name = "leave-" + UUID.randomUUID();
        Room a = Room.named(name).as("a").join();
        Room b = Room.named(name).as("b").join();
        a.awaitParticipants(2, SOON);
        a.sessionData().put("k", 1);
        a.send("hello");
        b.close();
        a.close();
        a.close();
    }

    @Test
    void aListenerMayCloseTheRoom() throws Exception {
        String name = "leave-" + UUID.randomUUID();
        try (Room a = Room.named(name).as("a").join()) {
            Room b = Room.named(name).as("b").join();
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            b.onMessage(String.class, (text, from) -> {
                b.close();
                closed.complete(true);
            });
            a.awaitParticipants(2, SOON);
            a.send("go");
            assertThat(closed.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(SOON).until(() -> a.participants().size() == 1);
        }
    }

    @Test
    void aSecondCloseWaitsForTheFirst() {
        String name = "leave-" + UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            Room a = Room.named(name).as("a").join();
            CompletableFuture<Void> other = CompletableFuture.runAsync(a::close);
            await().atMost(SOON).until(() -> isClosed(a));
            a.close();
            assertThat(a.status()).as("left, not leaving").isEqualTo(RoomStatus.CLOSED);
            other.join();
        }
    }

    private static boolean isClosed(Room room) {
        try {
            room.sessionData().put("k", 1);
            return false;
        } catch (RoomClosedException closed) {
            return true;
        }
    }

    @Test
    void whatWasWrittenJustBeforeTheLeaveArrives() {
        String name = "leave-" + UUID.randomUUID();
        try (Room a = Room.named(name).as("a").join()) {
            for (int i = 0; i < 20; i++) {
                try (Room b = Room.named(name).as("b").join()) {
                    b.sessionData().put("k" + i, "last words");
                }
                assertThat(a.sessionData().get("k" + i)).contains("last words");
            }
        }
    }

    @Test
    void aJoinThatIsGivenUpInWhateverWayLeavesNothing() {
        joinAndLeave();
        Set<Thread> before = threads();
        long sockets = sockets();
        List<Consumer<CompletableFuture<Room>>> ends = List.of(joining -> joining.cancel(true),
                joining -> joining.complete(null),
                joining -> joining.completeExceptionally(new IllegalStateException("enough")),
                joining -> joining.orTimeout(1, TimeUnit.MILLISECONDS),
                joining -> joining.orTimeout(60, TimeUnit.MILLISECONDS),
                joining -> joining.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS));
        for (Consumer<CompletableFuture<Room>> end : ends) {
            CompletableFuture<Room> joining = Room.named("leave-" + UUID.randomUUID()).joinAsync();
            end.accept(joining);
            joining.handle((room, thrown) -> room).thenAccept(room -> {
                if (room != null) {
                    room.close();
                }
            }).join();
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Room.named("leave-" + UUID.randomUUID()).join()).isInstanceOf(JoinException.class);
        assertThat(Thread.interrupted()).isTrue();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(threads().stream().filter(thread -> !before.contains(thread) && thread.getName().contains("parlor"))).isEmpty();
            assertThat(sockets()).as("open sockets").isLessThanOrEqualTo(sockets);
        });
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** Open sockets of this JVM, where the system tells. */
    private static long sockets() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> {
                try {
                    return Files.readSymbolicLink(each).toString().startsWith("socket:");
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            }).count();
        } catch (IOException notThisSystem) {
            return 0;
        }
    }

    private static Set<Path> filesOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().toLowerCase().matches(".*(parlor|jgroups|kryo).*"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
