package dev.parlor.internal.dispatch;

import dev.parlor.Change;
import dev.parlor.internal.dispatch.Subscriber.Call;
import dev.parlor.internal.dispatch.Subscriber.Registration;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.race.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Who hears something is looked up without a lock, while registrations begin and end under it. Found is everybody who was
 * registered before what is told was put in and still is, once, in order; and nobody who came later.
 */
@Param(name = "kind", gen = IntGen.class, conf = "0:2")
@Param(name = "number", gen = IntGen.class, conf = "0:2")
public final class SubscriptionsRaces {
    private static final String KEY = "ab";
    private static final List<Keys> KINDS = List.of(Keys.one(KEY), Keys.startingWith("a"), Keys.ALL);

    private final ReentrantLock lock = new ReentrantLock();
    private final Subscriptions subscriptions = new Subscriptions();
    private final List<Subscriber> all = new ArrayList<>();
    private long sequence = 1;
    private volatile String wrong;

    @Operation
    public void come(@Param(name = "kind") int kind) {
        lock.lock();
        try {
            Subscriber subscriber = Subscriber.ofChanges(new Registration(all.size(), sequence, this::remove), KINDS.get(kind),
                    change -> {}, this);
            subscriptions.add(subscriber);
            all.add(subscriber);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Subscriber subscriber) {
        lock.lock();
        try {
            subscriptions.remove(subscriber);
        } finally {
            lock.unlock();
        }
    }

    @Operation
    public void go(@Param(name = "number") int number) {
        Subscriber subscriber;
        lock.lock();
        try {
            subscriber = number < all.size() ? all.get(number) : null;
        } finally {
            lock.unlock();
        }
        if (subscriber != null) {
            subscriber.close();
        }
    }

    @Operation
    public void look() {
        List<Subscriber> before;
        long item;
        lock.lock();
        try {
            before = List.copyOf(all);
            item = sequence++;
        } finally {
            lock.unlock();
        }
        List<Call> calls = new ArrayList<>();
        subscriptions.calls(new TakenChanges(
                SessionChange.changesOf(List.of(new SessionChange(KEY, null, ListeningScript.value(1), 1))), Change.Cause.LOCAL,
                (key, old, now, author, cause) -> null), item, calls);
        List<Subscriber> found = calls.stream().map(Call::listener).toList();
        for (int i = 0; i < found.size(); i++) {
            if (!before.contains(found.get(i)) || i > 0 && found.get(i - 1).number() >= found.get(i).number()) {
                wrong = "found one that came later, twice, or out of order";
            }
        }
        for (Subscriber each : before) {
            if (!each.hasEnded() && !found.contains(each)) {
                wrong = "did not find one that was there all the time";
            }
        }
    }

    @Validate
    public void validate() {
        all.forEach(Subscriber::close);
        if (wrong != null || subscriptions.hearChanges() || subscriptions.hear(KEY)) {
            throw new IllegalStateException(wrong == null ? "all are gone, and somebody hears" : wrong);
        }
    }

    @Test
    void whoIsThereIsFound() {
        Race.of(SubscriptionsRaces.class)
                .scenario("come 0", "look", "come 0")
                .scenario("come 1, come 0, come 0", "look", "go 0, come 0, go 1")
                .scenario("come 2", "look, look", "come 0, go 0")
                .findsAllValid();
    }
}
