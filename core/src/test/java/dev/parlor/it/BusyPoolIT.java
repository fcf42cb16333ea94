package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing of a room runs on the application's common pool: it does all that it does while that pool is busy. */
class BusyPoolIT {
    @Test
    void aRoomWorksWhileTheCommonPoolIsBusy() throws Exception {
        String name = "busy-" + UUID.randomUUID();
        CompletableFuture<ParticipantLeft.Reason> left = new CompletableFuture<>();
        try (Room ada = Room.named(name).as("Ada").passphrase("open sesame".toCharArray())
                .onRequest(Integer.class, (number, from) -> number)
                .on(ParticipantLeft.class, event -> left.complete(event.reason())).join();
                // As on a machine with three cores; with fewer a CompletableFuture takes a thread for each task.
                Jvm busy = Jvm.withOptions(List.of("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"),
                        BusyPool.class, name)) {
            ada.sessionData().put("key", "value");
            busy.await("busy: 2");
            busy.await("joined");
            busy.await("asked: 8");
            busy.await("waited: value");
            busy.await("flushed");
            busy.await("changed");
            busy.await("closed");
            assertThat(left.get(30, TimeUnit.SECONDS)).isEqualTo(ParticipantLeft.Reason.CLOSED);
        }
    }
}
