package dev.parlor.it;

import dev.parlor.Change;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.SessionDataChanged;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** What a participant was told, and whether it fits together and with what is there. Thread-safe. */
final class Heard {
    /** Sent once for each write of "n", after it. */
    record Written(int n) {}

    private final Map<String, Object> last = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private Room room;
    private Set<String> thereAtTheJoin = Set.of();
    private int broken;
    private int messages;
    private int overtaken;

    synchronized void begin(Room joined) {
        room = joined;
        thereAtTheJoin = joined.sessionData().snapshot().keySet();
        notifyAll();
    }

    private Room room() {
        boolean interrupted = false;
        while (room == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return room;
    }

    synchronized void changes(SessionDataChanged event) {
        for (Change change : event.changes()) {
            Object before = change.oldValue().orElse(null);
            boolean known = last.containsKey(change.key());
            if (known ? !Objects.equals(before, last.get(change.key())) : before == null && !told.add(change.key())) {
                broken++;
            }
            last.put(change.key(), change.newValue().orElse(null));
        }
    }

    synchronized void message(MessageReceived event) {
        if (event.payload() instanceof Written written) {
            messages++;
            boolean state = room().sessionData().get("n", Integer.class).orElse(0) >= written.n();
            int spoke = room().participant(event.from().id()).flatMap(each -> each.userData(Integer.class)).orElse(0);
            if (!state || spoke < written.n() / 100) {
                overtaken++;
            }
        }
    }

    /** Writes, then speaks of it, to all or to some; each hundredth time it changes its user data too. */
    static void speak(Room room, int count, Participant... to) {
        for (int n = 1; n <= count; n++) {
            room.sessionData().put("n", n);
            if (n % 100 == 0) {
                room.setUserData(n / 100);
            }
            if (to.length == 0) {
                room.send(new Written(n));
            } else {
                room.send(new Written(n), to);
            }
        }
    }

    /** How many messages came before what they follow, once so many have come; a text, for whoever compares it. */
    String overtaken(int wanted, Duration most) {
        for (long end = System.nanoTime() + most.toNanos(); System.nanoTime() < end; LockSupport.parkNanos(1_000_000)) {
            synchronized (this) {
                if (messages >= wanted) {
                    break;
                }
            }
        }
        synchronized (this) {
            return overtaken + " of " + messages;
        }
    }

    /** How much does not fit: 0 once all has been told. */
    int broken(Duration most) {
        int wrong = wrong();
        for (long end = System.nanoTime() + most.toNanos(); wrong > 0 && System.nanoTime() < end; wrong = wrong()) {
            LockSupport.parkNanos(1_000_000);
        }
        return wrong;
    }

    private synchronized int wrong() {
        Map<String, Object> held = room.sessionData().snapshot();
        int wrong = broken;
        for (Map.Entry<String, Object> each : last.entrySet()) {
            wrong += Objects.equals(each.getValue(), held.get(each.getKey())) ? 0 : 1;
        }
        for (String key : held.keySet()) {
            wrong += last.containsKey(key) || thereAtTheJoin.contains(key) ? 0 : 1;
        }
        return wrong;
    }
}
