package dev.parlor.internal.net.jgroups.discovery.search;

import dev.parlor.internal.net.Finder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to find others, which may block, throw and return whatever it likes: it is asked by one thread at a time, bounded, and
 * ended after its last call has returned, by whoever made that. Thread-safe.
 */
final class OneSearch {
    /** More programs than a room can have. Each is sent a datagram a second by who is alone. */
    static final int MAX_FOUND = 1_000;

    private final Callable<Finder.@Nullable Search> opening;
    private final Consumer<String> trouble;
    private final OneAtATime busy = new OneAtATime();
    private volatile Set<InetSocketAddress> found = Set.of();
    private volatile boolean ended;
    private Finder.@Nullable Search search; // of the one task, as what follows
    private boolean closed;
    private boolean told;

    /** @param trouble hears the first thing that is wrong with it */
    OneSearch(Callable<Finder.@Nullable Search> opening, Consumer<String> trouble) {
        this.opening = opening;
        this.trouble = trouble;
    }

    void ask(Set<InetSocketAddress> own, Predicate<Runnable> run, Consumer<Set<InetSocketAddress>> fresh) {
        busy.begin(() -> {
            Set<InetSocketAddress> before = found;
            Set<InetSocketAddress> more = new LinkedHashSet<>(ended ? before : asked(own, before));
            found = Set.copyOf(more);
            more.removeAll(before);
            if (!more.isEmpty() && !ended) {
                fresh.accept(more);
            }
        }, task -> run.test(() -> {
            task.run();
            endIfDue();
        }));
    }

    /** @param before what is found where it cannot be asked */
    private Set<InetSocketAddress> asked(Set<InetSocketAddress> own, Set<InetSocketAddress> before) {
        try {
            Finder.Search asked = search;
            if (asked == null) {
                asked = opening.call();
                search = asked;
            }
            if (asked == null) {
                tell("it gives nothing to search by (null)");
                return before;
            }
            return usable(asked.exchange(own), own);
        } catch (Throwable e) { // whatever somebody else's code throws
            tell(e instanceof IOException && e.getMessage() != null ? e.toString() : "it throws " + e);
            return before;
        }
    }

    private Set<InetSocketAddress> usable(@Nullable Collection<? extends @Nullable InetSocketAddress> answer, Set<InetSocketAddress> own) {
        if (answer == null) {
            tell("it returns null where a collection is due");
            return Set.of();
        }
        Set<InetSocketAddress> usable = new LinkedHashSet<>();
        int looked = 0;
        for (InetSocketAddress each : answer) {
            if (++looked > MAX_FOUND) {
                break;
            }
            InetAddress address = each == null ? null : each.getAddress();
            if (each == null || address == null || each.getPort() == 0 || address.isAnyLocalAddress() || address.isMulticastAddress()) {
                tell("it returns " + each + ", which is no address and port of a program");
            } else if (!own.contains(each)) {
                usable.add(each);
            }
        }
        return usable;
    }

    private void tell(String problem) {
        if (!told && !ended) {
            told = true;
            trouble.accept(problem);
        }
    }

    Set<InetSocketAddress> found() {
        return found;
    }

    /** Ends it now, or once the call that is under way has returned. */
    void end() {
        ended = true;
        endIfDue();
    }

    /** By whoever comes last: the one that ends it, or the one that asked meanwhile. */
    private void endIfDue() {
        if (ended) {
            busy.begin(this::close, task -> {
                task.run();
                return true;
            });
        }
    }

    private void close() {
        Finder.Search open = search;
        if (closed || open == null) {
            return;
        }
        closed = true;
        try {
            open.close();
        } catch (Throwable e) {
            // As above, and nobody is there any more to be told.
        }
    }
}
