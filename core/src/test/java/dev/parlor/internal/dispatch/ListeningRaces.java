package dev.parlor.internal.dispatch;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.ParticipantId;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.race.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Listeners come and go while changes are put in and told. Each hears what was put in after it was registered, all of it, in
 * order and once, until it is closed, and nothing that is put in after that.
 */
@Param(name = "kind", gen = IntGen.class, conf = "0:3")
@Param(name = "number", gen = IntGen.class, conf = "0:2")
public final class ListeningRaces {
    private static final String KEY = "ab";

    /** A listener, and what it must hear. */
    private static final class Listening {
        private final List<Long> heard = new ArrayList<>();
        private long after;
        private long before = Long.MAX_VALUE;
        private Subscription subscription;
    }

    private final ReentrantLock room = new ReentrantLock();
    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final Dispatcher dispatcher = new Dispatcher(turns::add, null, () -> 0, ListeningRaces::decode, new NotedReports(),
            new Budget(1 << 20, 1 << 10));
    private final List<Listening> all = new ArrayList<>();
    private long changes;

    public ListeningRaces() {
        dispatcher.start();
    }

    private static Change decode(String key, VersionedValue before, VersionedValue after, long author, Change.Cause cause) {
        return new Change(key, Optional.empty(), Optional.of(after.time()), new Author(new ParticipantId(author), "a"), cause);
    }

    private static void note(Listening listening, Change change) {
        listening.heard.add((Long) change.newValue().orElseThrow());
    }

    /** As the room does: under its lock, and with a turn begun after it. */
    @Operation
    public void listen(@Param(name = "kind") int kind) {
        Listening listening = new Listening();
        room.lock();
        try {
            listening.after = changes;
            listening.subscription = switch (kind) {
                case 0 -> dispatcher.subscribeChanges(Keys.one(KEY), change -> note(listening, change), this);
                case 1 -> dispatcher.subscribeChanges(Keys.startingWith("a"), change -> note(listening, change), this);
                case 2 -> dispatcher.subscribeChanges(Keys.ALL, change -> note(listening, change), this);
                default -> dispatcher.subscribe(SessionDataChanged.class, event -> note(listening, event.changes().get(0)));
            };
            all.add(listening);
        } finally {
            room.unlock();
        }
        dispatcher.pump();
    }

    /** Without the room's lock, as users do. */
    @Operation
    public void close(@Param(name = "number") int number) {
        Listening listening;
        room.lock();
        try {
            listening = number < all.size() ? all.get(number) : null;
        } finally {
            room.unlock();
        }
        if (listening == null) {
            return;
        }
        listening.subscription.close();
        room.lock();
        try {
            listening.before = Math.min(listening.before, changes + 1);
        } finally {
            room.unlock();
        }
    }

    @Operation
    public void change() {
        room.lock();
        try {
            changes++;
            if (dispatcher.hearsChanges(KEY)) {
                dispatcher.submitChanges(SessionChange.changesOf(List.of(new SessionChange(KEY, null, ListeningScript.value(changes), 1))),
                        Change.Cause.LOCAL);
            }
        } finally {
            room.unlock();
        }
        dispatcher.pump();
    }

    @Operation
    public void tell() {
        Runnable turn = turns.poll();
        if (turn != null) {
            turn.run();
        }
    }

    @Validate
    public void validate() {
        for (Runnable turn; (turn = turns.poll()) != null;) {
            turn.run();
        }
        for (Listening each : all) {
            long next = each.after + 1;
            for (long heard : each.heard) {
                if (heard != next++ || heard >= each.before) {
                    throw new IllegalStateException("after " + each.after + " and before " + each.before + " heard " + each.heard);
                }
            }
            if (each.before == Long.MAX_VALUE && next != changes + 1) {
                throw new IllegalStateException("of " + changes + " changes after " + each.after + " heard " + each.heard);
            }
        }
        all.forEach(each -> each.subscription.close());
        if (dispatcher.hearsChanges() || dispatcher.hearsChanges(KEY)) {
            throw new IllegalStateException("all are closed, and somebody listens");
        }
    }

    @Test
    void eachHearsWhatIsPutInWhileItIsRegistered() {
        Race.of(ListeningRaces.class)
                .scenario("listen 0, change", "tell", "listen 0")
                .scenario("listen 1, listen 1, change", "tell", "listen 1, close 0")
                .scenario("listen 2", "change, tell", "close 0, listen 3")
                .scenario("listen 3, change", "tell, change", "listen 0, tell")
                .findsAllValid();
    }
}
