package dev.parlor.it;

import dev.parlor.Room;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A program that keeps the common pool busy with its own work for ever, and does in rooms whatever waits. */
final class BusyPool {
    private static final Duration SOON = Duration.ofSeconds(20);

    private BusyPool() {}

    /** @param args the room's name */
    public static void main(String[] args) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            CompletableFuture.runAsync(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        System.out.println("busy: " + ForkJoinPool.getCommonPoolParallelism());
        Room room = Room.named(args[0]).as("Busy").passphrase("open sesame".toCharArray()).join();
        room.awaitParticipants(2, SOON);
        room.onRequest(Integer.class, (number, from) -> number);
        System.out.println("joined");
        System.out.println("asked: " + room.request(7, room.host(), Integer.class, SOON)
                .thenApplyAsync(answer -> answer + 1).get(20, TimeUnit.SECONDS));
        System.out.println("waited: " + room.sessionData().when("key", value -> true).get(20, TimeUnit.SECONDS));
        room.flush(SOON);
        System.out.println("flushed");
        room.rekey("close sesame".toCharArray()).get(20, TimeUnit.SECONDS);
        System.out.println("changed");
        List<CompletableFuture<Room>> others = List.of(Room.named(args[0] + "-2").as("Busy").joinAsync(),
                Room.named(args[0] + "-3").as("Busy").joinAsync());
        others.get(0).cancel(true);
        others.get(1).get(20, TimeUnit.SECONDS).close();
        room.close();
        System.out.println("closed");
        System.exit(0);
    }
}
