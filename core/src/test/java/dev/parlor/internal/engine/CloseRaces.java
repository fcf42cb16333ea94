package dev.parlor.internal.engine;

import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomStatus;
import dev.parlor.StatusChanged;
import dev.parlor.UnknownParticipantException;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.race.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A whole room, in which all that callers, listeners, the network, timers and threads of pools do meets its end. Whatever comes
 * before what: every future ends, the last thing that listeners hear is that the room is closed, and a call that comes too late
 * says so and does nothing.
 */
public final class CloseRaces {
    private static final long BEN = 2;
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;
    private static final Duration LONG = Duration.ofDays(1);
    private static final long TICK_MILLIS = 200;

    private record Due(long millis, Runnable action) {}

    private final AtomicLong millis = new AtomicLong(BEGIN_MILLIS);
    private final AtomicLong frames = new AtomicLong();
    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
    private final Queue<Due> timers = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();
    private final Queue<RoomStatus> statuses = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private final SimPeer peer;
    private final Room room;
    private final Participant ben;
    private volatile Network.Receiver receiver;

    public CloseRaces() {
        peer = new SimPeer("closing", "data", LONG, network(), millis::get, () -> millis.get() * 1_000_000, worker::add, events::add,
                callbacks::add, (delay, action) -> timers.add(new Due(millis.get() + delay, action)));
        room = peer.room();
        CompletableFuture<Void> joined = peer.join();
        joined.thenRun(peer::startListeners);
        room.on(StatusChanged.class, status -> statuses.add(status.newStatus()));
        for (int i = 0; i < 50 && !joined.isDone(); i++) {
            pass();
            drain();
        }
        receiver.onView(new Network.View(List.of(1L, BEN), List.of()));
        comes(new Frame.Presence(false, "Ben", BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("hi")), BEGIN_MILLIS, BEGIN_MILLIS, -1));
        drain();
        ben = room.participants().stream().filter(each -> each.id().value() == BEN).findFirst().orElseThrow();
    }

    private Network network() {
        return new Network() {
            @Override
            public long self() {
                return 1;
            }

            @Override
            public void connect(Receiver to) {
                receiver = to;
                lookForOthers();
            }

            @Override
            public void sendToAll(byte[] frame) {
                // Nobody answers.
            }

            @Override
            public void send(long member, byte[] frame) {
                // Nobody answers.
            }

            @Override
            public void lookForOthers() {
                receiver.onView(new Network.View(List.of(1L), List.of()));
            }

            @Override
            public void close() {
                // There is nothing.
            }
        };
    }

    private void comes(Frame frame) {
        byte[] bytes = FrameCodec.encode(BEN, new Frame.Numbered(frames.incrementAndGet(), frame));
        receiver.onFrame(BEN, true, bytes, 0, bytes.length);
    }

    private void call(Runnable call) {
        try {
            call.run();
        } catch (RoomClosedException | UnknownParticipantException tooLate) {
            // As it should.
        } catch (RuntimeException | Error e) {
            wrong.add(e);
        }
    }

    private void runNext(Queue<Runnable> tasks) {
        Runnable task = tasks.poll();
        if (task != null) {
            call(task);
        }
    }

    // ---- callers

    @Operation
    public void put() {
        call(() -> room.sessionData().put("k", "text"));
    }

    @Operation
    public void say() {
        call(() -> room.send("hello"));
    }

    @Operation
    public void flush() {
        call(() -> futures.add(room.flushAsync(LONG)));
    }

    @Operation
    public void when() {
        call(() -> futures.add(room.sessionData().when("never", value -> false)));
    }

    @Operation
    public void ask() {
        call(() -> futures.add(room.request("question", ben, String.class, LONG)));
    }

    @Operation
    public void bind() {
        call(() -> room.sessionData().bind("k", value -> {}));
    }

    @Operation
    public void leave() {
        call(() -> futures.add(peer.leave()));
    }

    @Operation
    public void vanish() {
        call(peer::end);
    }

    // ---- the network

    @Operation
    public void hear() {
        long time = (millis.get() + 1) << Stamp.COUNTER_BITS;
        call(() -> comes(new Frame.Update(StateDelta.of(List.of(new StateDelta.KeyedValue("k",
                VersionedValue.of(time, Authorship.of(BEN, 0), SimPeer.encoded("his"))))), 1, Map.of(),
                List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, SimPeer.encoded("said"))))));
    }

    @Operation
    public void view() {
        call(() -> receiver.onView(new Network.View(List.of(1L), List.of())));
    }

    // ---- threads

    @Operation
    public void work() {
        runNext(worker);
    }

    @Operation
    public void tell() {
        runNext(events);
    }

    @Operation
    public void complete() {
        runNext(callbacks);
    }

    @Operation
    public void pass() {
        millis.addAndGet(TICK_MILLIS);
        for (Due due : timers) {
            if (due.millis() <= millis.get() && timers.remove(due)) {
                call(due.action());
            }
        }
    }

    private void drain() {
        while (!worker.isEmpty() || !events.isEmpty() || !callbacks.isEmpty()) {
            runNext(worker);
            runNext(events);
            runNext(callbacks);
        }
    }

    @Validate
    public void validate() {
        vanish();
        // Longer than a goodbye may take.
        for (int i = 0; i < 50; i++) {
            pass();
            drain();
        }
        wrong.forEach(each -> {
            throw new IllegalStateException(each);
        });
        List<RoomStatus> all = List.copyOf(statuses);
        if (all.isEmpty() || all.indexOf(RoomStatus.CLOSED) != all.size() - 1) {
            throw new IllegalStateException("told was " + all);
        }
        if (!futures.stream().allMatch(CompletableFuture::isDone)) {
            throw new IllegalStateException("a future is open");
        }
        try {
            room.sessionData().put("late", "text");
            throw new IllegalStateException("written to a closed room");
        } catch (RoomClosedException e) {
            // As it should.
        }
    }

    @Test
    void theEndMeetsEverything() {
        Race.of(CloseRaces.class)
                .scenario("when, ask", "flush, put", "vanish")
                .scenario("put", "leave, work", "bind, hear, tell")
                .findsAllValidUnderStress();
    }
}
