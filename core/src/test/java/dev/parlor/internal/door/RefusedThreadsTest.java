package dev.parlor.internal.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomStatus;
import dev.parlor.StatusChanged;
import dev.parlor.internal.engine.HubNetwork;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine that has no thread to give for a while: what was to be done is done later, by nobody's further call. */
class RefusedThreadsTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final HubNetwork hub = new HubNetwork();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Room> rooms = new ArrayList<>();

    @AfterEach
    void closeAll() {
        rooms.forEach(Room::close);
    }

    private void refuse() {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("unable to create native thread, on purpose");
        }
    }

    private Room join(long id) {
        return join(id, builder -> {});
    }

    private Room join(long id, Consumer<RoomBuilder> settings) {
        Surroundings surroundings = new Surroundings() {
            @Override
            public long newId() {
                return id;
            }

            @Override
            public Environment environment(long self, java.util.concurrent.Executor events) {
                Environment real = Threads.forRoom(events);
                return new Environment(real.millis(), real.nanos(), task -> {
                    refuse();
                    real.worker().execute(task);
                }, real.events(), real.ownsEvents(), task -> {
                    refuse();
                    real.callbacks().execute(task);
                }, real.timer(), real.afterwards(), real.background(), real.waiting(), real.end());
            }

            @Override
            public dev.parlor.internal.net.Network network(dev.parlor.internal.net.NetworkOptions options) {
                return hub.member(id);
            }
        };
        RoomBuilder builder = new JoiningRoom("room", surroundings).as("p" + id);
        settings.accept(builder);
        Room room = builder.join();
        rooms.add(room);
        return room;
    }

    @Test
    void whatWasWrittenIsSentOnceThereAreThreads() {
        Room ada = join(1);
        Room bob = join(2);
        ada.awaitParticipants(2, SOON);
        for (int i = 0; i < 20; i++) {
            refusals.set(2);
            ada.sessionData().put("key", i);
            int written = i;
            await().atMost(SOON).until(() -> bob.sessionData().get("key").equals(java.util.Optional.of(written)));
        }
    }

    @Test
    void whatIsWaitedForEndsOnceThereAreThreads() {
        Room ada = join(1);
        Room bob = join(2);
        bob.onRequest(Integer.class, (number, from) -> number);
        ada.awaitParticipants(2, SOON);
        refusals.set(5);
        CompletableFuture<Object> value = ada.sessionData().when("key", any -> true);
        bob.sessionData().put("key", 1);
        assertThat(value.join()).isEqualTo(1);
        refusals.set(5);
        assertThat(ada.request(7, ada.participants().get(1), Integer.class, SOON).join()).isEqualTo(7);
        refusals.set(3);
        ada.flush(SOON);
    }

    @Test
    void whatTheExecutorOfListenersRefusesAtTheCloseIsToldOnceItDoesNot() throws Exception {
        AtomicBoolean refuses = new AtomicBoolean();
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Room ada = join(1, builder -> builder.deliverOn(task -> {
            if (refuses.get()) {
                refused.countDown();
                throw new RejectedExecutionException("on purpose");
            }
            task.run();
        }).on(StatusChanged.class, status -> {
            if (status.newStatus() == RoomStatus.CLOSED) {
                told.countDown();
            }
        }));
        refuses.set(true);
        ada.close();
        assertThat(refused.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        refuses.set(false);
        assertThat(told.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
