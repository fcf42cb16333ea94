package dev.parlor.testkit.internal.control;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Room;
import dev.parlor.testkit.internal.argument.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Barriers in a room in which the last writer wins: an arrival is a key of its own, which nobody else writes, so that none
 * is overwritten. The nth use of a name by a participant is its nth generation, counted by itself.
 */
public final class Barriers {
    private static final String PREFIX = "barrier/";

    /** Somebody has arrived somewhere. */
    record Arrival(String barrier, int generation, String name) {}

    private final Map<String, Integer> uses = new ConcurrentHashMap<>();

    public void await(ControlState state, String barrier, int parties, Duration timeout) {
        if (barrier == null || barrier.isBlank()) {
            throw new InvalidArgumentException("a barrier must have a name, got " + barrier);
        }
        if (parties < 1) {
            throw new InvalidArgumentException("the barrier \"" + barrier + "\" must be for at least 1 participant, got "
                    + parties);
        }
        Patience.check(timeout);
        int generation = uses.merge(barrier, 1, Integer::sum);
        Room room = state.room();
        // The barrier's name is last and may hold anything; the parts before it hold no slash.
        room.sessionData().put(PREFIX + generation + "/" + room.me().id() + "/" + barrier, room.me().name());
        state.await(timeout, () -> {
            long arrived = arrivals(room).stream()
                    .filter(each -> each.generation() == generation && each.barrier().equals(barrier)).count();
            return Optional.of(arrived).filter(count -> count >= parties);
        }, () -> "not all of " + parties + " have arrived at the barrier \"" + barrier + "\", use " + generation + ",");
        state.settle();
    }

    static List<Arrival> arrivals(Room room) {
        return room.sessionData().snapshot().entrySet().stream().filter(each -> each.getKey().startsWith(PREFIX))
                .map(each -> arrival(each.getKey().substring(PREFIX.length()).split("/", 3), each.getValue())).toList();
    }

    private static Arrival arrival(String[] parts, Object name) {
        return new Arrival(parts[2], Integer.parseInt(parts[0]), String.valueOf(name));
    }
}
