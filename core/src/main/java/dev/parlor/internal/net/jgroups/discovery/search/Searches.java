package dev.parlor.internal.net.jgroups.discovery.search;

import dev.parlor.internal.net.Finder;
import dev.parlor.internal.net.Trouble;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jgroups.util.UUID;

/** All searches of one room. None of them waits for another. Thread-safe. */
public final class Searches {
    /** None. */
    public static final Searches NONE = new Searches(List.of());
    /** A file server answers in some milliseconds, and so does a name server. */
    public static final long PATIENCE_MILLIS = 250;

    private final List<OneSearch> all;

    private Searches(List<OneSearch> all) {
        this.all = List.copyOf(all);
    }

    /**
     * What is asked from now on.
     *
     * @param room the same for all its programs
     * @param fileName of this program in the folders, no other program's
     * @param trouble hears once of each search that it cannot be used
     */
    public static Searches of(List<Path> folders, List<Finder> finders, String room, String fileName, BiConsumer<Trouble, String> trouble) {
        List<OneSearch> searches = new ArrayList<>();
        for (Path each : folders) {
            searches.add(new OneSearch(() -> new SharedFolder(each, room, fileName), problem -> trouble.accept(Trouble.UNREACHABLE,
                    "the folder by which others are found cannot be used: " + problem
                            + "; check that it is there and can be written to. It is tried again")));
        }
        return new Searches(concat(searches, finders, room, problem -> each -> trouble.accept(Trouble.UNREACHABLE,
                "the discovery \"" + each + "\" by which others are found cannot be used: " + problem + ". It is tried again")));
    }

    /** By what is plugged in alone, for an onlooker. */
    public static Searches of(Finder finder, String room, Consumer<String> trouble) {
        return new Searches(concat(List.of(), List.of(finder), room, problem -> each -> trouble.accept(problem)));
    }

    private static List<OneSearch> concat(List<OneSearch> first, List<Finder> finders, String room, Function<String, Consumer<Finder>> trouble) {
        List<OneSearch> searches = new ArrayList<>(first);
        for (Finder each : finders) {
            // Nothing that tells who it is: others on the network may read it.
            String self = UUID.randomUUID().toStringLong();
            searches.add(new OneSearch(() -> each.open(room, self), problem -> trouble.apply(problem).accept(each)));
        }
        return searches;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Asks each on a thread of its own, but not one that is still under way.
     *
     * @param own where this program is
     * @param run on another thread; false if it cannot be
     * @param fresh hears whom a search has not found before, on its thread
     */
    public void ask(Set<InetSocketAddress> own, Predicate<Runnable> run, Consumer<Set<InetSocketAddress>> fresh) {
        all.forEach(each -> each.ask(own, run, fresh));
    }

    /** Whom they have found by now. */
    public Set<InetSocketAddress> found() {
        Set<InetSocketAddress> found = new LinkedHashSet<>();
        all.forEach(each -> found.addAll(each.found()));
        return found;
    }

    /** Ends them, and waits for a moment only. */
    public void end(Function<Runnable, Thread> threads) {
        List<Thread> ending = all.stream().map(each -> threads.apply(each::end)).toList();
        ending.forEach(Thread::start);
        awaitFor(ending);
    }

    /** Waits until threads have ended, for a moment; if it is interrupted, no longer. */
    public static void awaitFor(List<Thread> threads) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            for (Thread each : threads) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left > 0) {
                    each.join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
