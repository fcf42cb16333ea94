package dev.parlor.internal.listener;

import dev.parlor.Subscription;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to a listener that wants no more than one of each thing in some time: the first at once, those that follow too soon as
 * one when the time is over. A thing of which nothing was told for that time is forgotten, and one timer serves all things. On the
 * event thread only, but for {@link #close}.
 *
 * @param <K> what the events are of
 * @param <E> the events
 */
public final class Pacing<K, E> implements Subscription {
    /** What became of a thing of late. */
    private static final class Pace<E> {
        private long toldNanos;
        /** What is to be told when the time is over, or null. */
        private @Nullable E held;
        /** Whether that waits among the events, since the time is over. */
        private boolean waits;
    }

    private final Dispatcher dispatcher;
    private final Environment environment;
    private final long intervalNanos;
    private final BinaryOperator<@Nullable E> fold;
    private final Consumer<? super E> tell;
    /** The one told first is the first. */
    private final Map<K, Pace<E>> paces = new LinkedHashMap<>();
    private boolean isTimed;
    private volatile Runnable timer = () -> {};
    private volatile Subscription source = () -> {};
    private volatile boolean closed;

    /**
     * Begins. Under the lock under which events are put in.
     *
     * @param interval in which the events of a thing are one
     * @param fold what is told of two of them, the earlier one first; null for nothing
     * @param tell the listener
     * @param source registers what hands the events to {@link #offer}
     */
    public Pacing(Dispatcher dispatcher, Environment environment, Duration interval, BinaryOperator<@Nullable E> fold,
            Consumer<? super E> tell, Function<? super Pacing<K, E>, ? extends Subscription> source) {
        this.dispatcher = dispatcher;
        this.environment = environment;
        this.intervalNanos = interval.toNanos();
        this.fold = fold;
        this.tell = tell;
        // With the dispatcher's lock, so that no event comes before it is known what it comes from.
        dispatcher.together(() -> this.source = source.apply(this));
    }

    /** Something has become of a thing. */
    public void offer(K of, E event) {
        Pace<E> pace = paces.get(of);
        long now = environment.nanos().getAsLong();
        if (pace == null) {
            tell(of, new Pace<>(), event, now);
        } else if (pace.held != null) {
            pace.held = fold.apply(pace.held, event);
        } else if (now - pace.toldNanos < intervalNanos) {
            pace.held = event;
        } else {
            tell(of, pace, event, now);
        }
    }

    /** Nothing more is told of a thing. */
    public void forget(K of) {
        paces.remove(of);
    }

    private void tell(K of, Pace<E> pace, E event, long now) {
        isLast(of, pace, now);
        time(now);
        if (!closed) {
            tell.accept(event);
        }
    }

    private void isLast(K of, Pace<E> pace, long now) {
        pace.toldNanos = now;
        paces.remove(of);
        paces.put(of, pace);
    }

    /** Sees to it that the first whose time is over is looked at. */
    private void time(long now) {
        if (isTimed || closed || paces.isEmpty()) {
            return;
        }
        isTimed = true;
        long passed = now - paces.values().iterator().next().toldNanos;
        // Rounded up: too early would be too often.
        long left = (intervalNanos - passed + 999_999) / 1_000_000;
        timer = environment.timer().after(left, () -> {
            dispatcher.run(this::look, source);
            dispatcher.pump();
        });
        if (closed) {
            timer.run();
        }
    }

    /**
     * Looks whose time is over. What is to be told goes among the events one by one, and is not told here: a listener may throw, or run
     * an event loop of its own in which the others are to be told.
     */
    private void look() {
        isTimed = false;
        long now = environment.nanos().getAsLong();
        Map<K, Pace<E>> due = new LinkedHashMap<>();
        for (Iterator<Map.Entry<K, Pace<E>>> all = paces.entrySet().iterator(); all.hasNext();) {
            Map.Entry<K, Pace<E>> next = all.next();
            if (now - next.getValue().toldNanos < intervalNanos) {
                break;
            }
            all.remove();
            if (next.getValue().held != null) {
                due.put(next.getKey(), next.getValue());
            }
        }
        due.forEach((of, pace) -> {
            isLast(of, pace, now);
            if (!pace.waits) {
                pace.waits = true;
                dispatcher.run(() -> tellHeld(of, pace), source);
            }
        });
        time(now);
    }

    private void tellHeld(K of, Pace<E> pace) {
        pace.waits = false;
        E held = pace.held;
        pace.held = null;
        if (held != null && paces.get(of) == pace) {
            tell(of, pace, held, environment.nanos().getAsLong());
        }
    }

    @Override
    public void close() {
        closed = true;
        source.close();
        timer.run();
    }
}
