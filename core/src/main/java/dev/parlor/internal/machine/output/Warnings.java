package dev.parlor.internal.machine.output;

import dev.parlor.Warning;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.stats.Stats;
import java.util.ArrayList;
import java.util.List;

/** What is wrong and is nobody's exception: an event, a line to be logged, and a counter. Guarded by the room's lock. */
public final class Warnings {
    private final Now now;
    private final Stats stats;
    private final EventSink events;
    private final WarningLimit limit = new WarningLimit();
    private final List<String> unsaid = new ArrayList<>();

    public Warnings(Now now, Stats stats, EventSink events) {
        this.now = now;
        this.stats = stats;
        this.events = events;
    }

    /** Says something, unless too much of this kind was said just now: then it is counted. */
    public void warn(Warning.Kind kind, String message) {
        stats.warnings++;
        String text = limit.admit(kind, message, now.nanos());
        if (text != null) {
            unsaid.add(kind + ": " + text);
            events.passing(new Warning(kind, text), text.length());
        }
    }

    /** Whether there are lines to be logged. */
    public boolean hasUnsaid() {
        return !unsaid.isEmpty();
    }

    /** Lines to be logged once the lock is given back. */
    public List<String> takeUnsaid() {
        List<String> taken = List.copyOf(unsaid);
        unsaid.clear();
        return taken;
    }
}
