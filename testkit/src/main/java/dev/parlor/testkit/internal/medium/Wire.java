package dev.parlor.testkit.internal.medium;

import dev.parlor.testkit.internal.time.Time;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is on its way from one to another: it arrives in the order in which it was sent, whatever the timer does. Thread-safe. */
final class Wire {
    private record Flying(long dueNanos, Runnable arrive) {}

    private final Time time;
    private final Deque<Flying> flying = new ArrayDeque<>();
    /** Whether the head is waited for. */
    private boolean waiting;

    Wire(Time time) {
        this.time = time;
    }

    /** Has something arrive after a while, and after all that was sent before. */
    synchronized void carry(long delayNanos, Runnable arrive) {
        if (delayNanos <= 0 && flying.isEmpty()) {
            time.execute(arrive);
            return;
        }
        flying.add(new Flying(time.nanos() + delayNanos, arrive));
        waitForHead();
    }

    /** Has all arrive now that is on its way. */
    synchronized void hurry() {
        flying.forEach(each -> time.execute(each.arrive()));
        flying.clear();
    }

    private void waitForHead() {
        if (!waiting && !flying.isEmpty()) {
            waiting = true;
            time.after(Math.max(0, flying.peek().dueNanos() - time.nanos()), this::arrive);
        }
    }

    /** The head is due, and whatever came after it and is due too. */
    private void arrive() {
        while (true) {
            Flying next;
            synchronized (this) {
                waiting = false;
                next = flying.peek();
                if (next == null || next.dueNanos() > time.nanos()) {
                    waitForHead();
                    return;
                }
                flying.poll();
                // Who sends now goes behind what is just arriving: both are done one after the other.
            }
            next.arrive().run();
        }
    }
}
