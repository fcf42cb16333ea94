package dev.parlor.testkit.internal.control;

import dev.parlor.Participant;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomClosedException;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.RoomTimeoutException;
import dev.parlor.testkit.internal.argument.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The room behind a control room, who has left it, the JVMs started from here, and the one way to wait. Thread-safe. */
public final class ControlState {
    /** How a value that was published is kept in the room. */
    public static final String PUBLISHED = "published/";
    /** Who has left, and JVMs that have ended: more than any report shows. */
    private static final int KEPT = 1000;
    /**
     * What is awaited is looked at again after each event of the room, and after this time: a listener of the test's own
     * that waits here as well would keep the events back.
     */
    private static final long LOOK_MILLIS = 100;
    /**
     * How long to wait for all to have what was just written, so that who halts right after does not take it along. They
     * answer in milliseconds; only who is stopped does not, and it must not hold up the others until it counts as lost.
     */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** Somebody who left, when that was noticed here. */
    public record Departure(ParticipantLeft event, Instant at) {}

    private final Function<String, ? extends RuntimeException> timeouts;
    private final Room room;
    private final Object changed = new Object();
    private final Deque<Departure> departures = new ArrayDeque<>();
    private final List<Started> jvms = new ArrayList<>();

    /**
     * Joins the room.
     *
     * @param timeouts what a wait in vain throws, of its message
     */
    public ControlState(RoomBuilder builder, Function<String, ? extends RuntimeException> timeouts) {
        this.timeouts = timeouts;
        room = builder.on(ParticipantLeft.class, this::left).on(RoomEvent.class, event -> wake()).join();
    }

    public Room room() {
        return room;
    }

    private void left(ParticipantLeft event) {
        synchronized (departures) {
            if (departures.size() == KEPT) {
                departures.remove();
            }
            departures.add(new Departure(event, Instant.now()));
        }
    }

    /** All who have left since this participant joined, the first first; also those who have come back. */
    public List<Departure> departures() {
        synchronized (departures) {
            return List.copyOf(departures);
        }
    }

    public void add(Started jvm) {
        synchronized (jvms) {
            if (jvms.size() >= KEPT) {
                jvms.removeIf(each -> !each.isAlive());
            }
            jvms.add(jvm);
        }
    }

    List<Started> jvms() {
        synchronized (jvms) {
            return List.copyOf(jvms);
        }
    }

    private void wake() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    /** Waits until something is there. */
    public <T> T await(Duration timeout, Supplier<Optional<T>> sought, Supplier<String> missing) {
        long deadline = System.nanoTime() + Patience.check(timeout).toNanos();
        synchronized (changed) {
            while (true) {
                // Looked at while no wake-up can slip by. The room's own locks are never held by who wakes us.
                Optional<T> found = sought.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (room.status() == RoomStatus.CLOSED) {
                    throw new RoomClosedException(room.name());
                }
                if (isDeserted()) {
                    throw timeout(missing.get() + ", and all JVMs that were started have ended");
                }
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw timeout(missing.get() + " within " + Patience.text(timeout));
                }
                try {
                    changed.wait(Math.min(millis, LOOK_MILLIS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw timeout(missing.get() + " until this thread was interrupted");
                }
            }
        }
    }

    /** Whether nobody is left who could still do something: of those who were started here none, and nobody else has come. */
    private boolean isDeserted() {
        List<Started> started = jvms();
        return !started.isEmpty() && started.stream().noneMatch(Started::isAlive) && room.participants().size() == 1;
    }

    public RuntimeException timeout(String missing) {
        return timeouts.apply(missing + ControlReport.of(this));
    }

    /** Gives what was just written a moment to reach all. */
    public void settle() {
        try {
            room.flush(SETTLE);
        } catch (RoomTimeoutException someoneIsStopped) {
            // It gets it when it goes on.
        }
    }

    public Optional<List<Participant>> present(int count) {
        return Optional.of(room.participants()).filter(present -> present.size() >= count);
    }

    /** Ends the JVMs first: nobody is left then whom the room would wait for. */
    public void close() {
        jvms().forEach(each -> each.kill().run());
        try {
            jvms().forEach(each -> each.close().run());
        } finally {
            room.close();
        }
    }
}
