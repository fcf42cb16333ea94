package dev.parlor.internal.listener;

import dev.parlor.MessageReceived;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.SyncProgress;
import dev.parlor.Warning;
import dev.parlor.internal.dispatch.DispatchReports;
import dev.parlor.internal.log.Log;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a room says of its listeners and of the executor that they run on. All is counted; said is so much that a listener that
 * throws at each of a thousand events a second does not fill a disk. Thread-safe, called without the room's lock.
 */
public final class Listening implements DispatchReports {
    /** Of one listener's exceptions one is logged and warned of in this time; the others are counted. */
    static final long INTERVAL_NANOS = 5_000_000_000L;
    /** Listeners and classes of messages told apart; of further ones only what is counted is known. */
    private static final int MAX_NAMES = 1_000;
    private static final Log LOG = Log.of(Room.class);

    /** What a listener threw of late. */
    private static final class Recent {
        private long saidNanos;
        private long withheld;
    }

    private final String room;
    private final LongSupplier nanos;
    private final RoomNotes notes;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong executorFailures = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong unheard = new AtomicLong();
    private final Map<String, Recent> failing = new HashMap<>();
    private final Set<String> toldUnheard = new HashSet<>();

    /**
     * Says what is said.
     *
     * @param room its name, for the log
     * @param nanos a clock that only rises
     */
    public Listening(String room, LongSupplier nanos, RoomNotes notes) {
        this.room = room;
        this.nanos = nanos;
        this.notes = notes;
    }

    /** Tells how far a join is, the only thing told before it ends. Among the events. @param listener null for nobody */
    public void tell(SyncProgress progress, @Nullable Consumer<? super SyncProgress> listener) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(progress);
        } catch (Throwable e) {
            listenerThrew(e, progress, listener);
        }
    }

    /** Exceptions of listeners and handlers. */
    public long failures() {
        return failures.get();
    }

    /** How often the executor of listeners did not do what it was given. */
    public long executorFailures() {
        return executorFailures.get();
    }

    /** Messages that at least one listener was called with. */
    public long heard() {
        return heard.get();
    }

    /** Messages for which there was no listener. */
    public long unheard() {
        return unheard.get();
    }

    @Override
    public void listenerThrew(Throwable thrown, @Nullable RoomEvent event, @Nullable Object listener) {
        failures.incrementAndGet();
        // Its class's name, and not the class: this outlives a listener that was taken away.
        String name = (listener == null ? thrown : listener).getClass().getName();
        long withheld = withheld(name);
        if (withheld < 0) {
            return;
        }
        String text = "a listener" + (listener == null ? "" : " (" + name.replaceFirst("/0x.*", "") + ")") + " threw "
                + Thrown.text(thrown) + "; the others were served"
                + (withheld == 0 ? "" : " (and " + withheld + " more of its exceptions since the last that was told)");
        LOG.error("room \"{}\": {}", room, text, thrown);
        if (!(event instanceof Warning)) {
            // A warning of a listener of warnings would have no end.
            notes.warn(Warning.Kind.LISTENER_FAILED, text);
        }
    }

    /** How many exceptions of a listener were not told before this one, -1 if this one is not to be told either. */
    private long withheld(String name) {
        long now = nanos.getAsLong();
        synchronized (failing) {
            Recent recent = failing.get(name);
            if (recent == null) {
                if (failing.size() >= MAX_NAMES) {
                    failing.values().removeIf(each -> now - each.saidNanos >= INTERVAL_NANOS);
                }
                if (failing.size() >= MAX_NAMES) {
                    return -1;
                }
                recent = new Recent();
                failing.put(name, recent);
            } else if (now - recent.saidNanos < INTERVAL_NANOS) {
                recent.withheld++;
                return -1;
            }
            recent.saidNanos = now;
            long withheld = recent.withheld;
            recent.withheld = 0;
            return withheld;
        }
    }

    @Override
    public void message(MessageReceived message, boolean byListener) {
        if (byListener) {
            heard.incrementAndGet();
            return;
        }
        unheard.incrementAndGet();
        String type = message.payload().getClass().getName();
        synchronized (toldUnheard) {
            if (toldUnheard.size() >= MAX_NAMES || !toldUnheard.add(type)) {
                return;
            }
        }
        notes.warn(Warning.Kind.MESSAGE_UNHEARD, "a message of " + type + " from \"" + message.from().name()
                + "\" came and no listener for it is registered here; those of this class that go on like this are only counted: "
                + "register it before join(), with .onMessage(…) on the builder, and it hears all of them");
    }

    @Override
    public void executorFailed(boolean told, String what, @Nullable Throwable why) {
        executorFailures.incrementAndGet();
        if (!told) {
            notes.warn(Warning.Kind.LISTENER_EXECUTOR, why == null ? what : what + " (" + why + ")");
        }
    }
}
