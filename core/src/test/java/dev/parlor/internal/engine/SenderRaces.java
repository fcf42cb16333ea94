package dev.parlor.internal.engine;

import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.outbox.Pressure;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.machine.state.Losses;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import dev.parlor.race.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Turns of the sender are claimed under the lock and begun after it, by whoever has put something in, on threads that may refuse.
 * All that is put in is sent: messages in order and once, of each key what was written last; by one thread at a time, and
 * frames to all in the order of their numbers.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
public final class SenderRaces {
    private static final long SELF = 1;
    private static final long OTHER = 2;

    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final List<Frame.Numbered> sent = new ArrayList<>();
    private final Map<String, Long> written = new HashMap<>();
    private final Gate gate;
    private final RoomState state;
    private final Outbox outbox;
    private final Departures departures;
    private final Sender sender;
    private volatile String wrong;
    private long time;
    private byte said;

    public SenderRaces() {
        Now now = new Now(() -> 0);
        RoomTime roomTime = new RoomTime(() -> 1_000, () -> 0);
        gate = new Gate("race", now);
        state = new RoomState(SELF, roomTime, new Stamps(roomTime, 1_000), new Losses(now::nanos, 1_000),
                new Budget(1 << 24, 1 << 20), Duration.ofSeconds(1));
        state.members(List.of(SELF, OTHER));
        outbox = new Outbox(state.session(), state.budget(), new Pressure());
        departures = new Departures(state, outbox, now);
        sender = new Sender(gate, this::begin, network(), outbox, departures, new AtomicLong(), new Observation(thrown -> {}),
                lost -> wrong = lost + " messages were lost");
    }

    private void begin(Runnable turn) {
        if (refuses.getAndSet(false)) {
            throw new RejectedExecutionException("on purpose");
        }
        worker.add(turn);
    }

    private Network network() {
        return new Network() {
            @Override
            public long self() {
                return SELF;
            }

            @Override
            public void connect(Receiver to) {
                // It is.
            }

            @Override
            public void sendToAll(byte[] frame) {
                note(frame);
            }

            @Override
            public void send(long member, byte[] frame) {
                note(frame);
            }

            @Override
            public void lookForOthers() {
                // There is one.
            }

            @Override
            public void close() {
                // There is nothing.
            }
        };
    }

    private void note(byte[] frame) {
        if (!sending.compareAndSet(false, true)) {
            wrong = "two send at once";
        }
        try {
            sent.add(FrameCodec.decode(SELF, frame, 0, frame.length));
        } catch (MalformedFrameException e) {
            wrong = e.toString();
        }
        sending.set(false);
    }

    /** As the engine does with an input. */
    private void input(Runnable action) {
        gate.enter();
        boolean sends;
        try {
            action.run();
        } finally {
            sends = departures.claim();
            gate.leave();
        }
        if (sends) {
            sender.beginTurn();
        }
    }

    @Operation
    public void put(@Param(name = "key") int key) {
        input(() -> {
            VersionedValue value = VersionedValue.of(new Stamp(++time, SELF), new byte[]{1});
            state.session().apply("k" + key, value, state.session().held("k" + key));
            outbox.put("k" + key, value);
            written.put("k" + key, time);
        });
    }

    @Operation
    public void say() {
        input(() -> outbox.message(new Outbox.Outgoing(null, message())));
    }

    private AppMessage message() {
        return new AppMessage(AppMessage.Kind.MESSAGE, 0, new byte[]{++said});
    }

    @Operation
    public void sayToOne() {
        input(() -> outbox.message(new Outbox.Outgoing(OTHER, message())));
    }

    @Operation
    public void work() {
        Runnable turn = worker.poll();
        if (turn != null) {
            turn.run();
        }
    }

    @Operation
    public void refuse() {
        refuses.set(true);
    }

    @Validate
    public void validate() {
        refuses.set(false);
        // The room's tick begins what could not be begun.
        input(() -> {});
        for (Runnable turn; (turn = worker.poll()) != null;) {
            turn.run();
        }
        check(wrong == null, wrong);
        check(!outbox.hasWork() && !departures.isBusy(), "something was not sent");
        long number = 0;
        byte message = 0;
        Map<String, Long> last = new HashMap<>();
        for (Frame.Numbered each : sent) {
            List<AppMessage> messages = List.of();
            if (each.frame() instanceof Frame.Update update) {
                check(each.number() == ++number, "frame " + each.number() + " came as the " + number + "th");
                update.delta().entries().forEach(entry -> last.put(entry.key(), entry.value().time()));
                messages = update.messages();
            } else if (each.frame() instanceof Frame.Direct direct) {
                messages = direct.messages();
            }
            for (AppMessage next : messages) {
                check(next.payload()[0] == ++message, "message " + next.payload()[0] + " came as the " + message + "th");
            }
        }
        check(message == said, message + " of " + said + " messages were sent");
        check(last.equals(written), "sent was " + last + ", written " + written);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Test
    void allIsSentInOrderByOneAtATime() {
        Race.of(SenderRaces.class)
                .scenario("put 1", "work", "put 1, work")
                .scenario("put 1", "work", "put 2, work")
                .scenario("say", "work", "say, work")
                .scenario("refuse, put 1", "put 2", "work")
                .findsAllValid();
    }
}
