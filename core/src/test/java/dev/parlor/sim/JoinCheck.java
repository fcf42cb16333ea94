package dev.parlor.sim;

import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Late joiners miss nothing: what everybody held when a join began its joiner holds when it ends. */
final class JoinCheck {
    private final World world;
    private final Map<String, Stamp> heldByAll = new TreeMap<>();
    private final int troubles;
    private final boolean comparable;

    /**
     * A join begins. On a slow network its source may be one that found nobody; and who is joining already may have been
     * handed less than those present have by now.
     */
    JoinCheck(World world) {
        this.world = world;
        this.troubles = world.troubles();
        this.comparable = world.kind != Kind.SLOW_NETWORK && world.isCalm() && !world.survivors().isEmpty()
                && world.survivors().stream().allMatch(Participant::isUp);
        for (int i = 0; comparable && i < Schedule.KEYS; i++) {
            String key = Participant.key(i);
            leastHeld(key).ifPresent(stamp -> heldByAll.put(key, stamp));
        }
    }

    private Optional<Stamp> leastHeld(String key) {
        Stamp least = null;
        for (Participant each : world.everybody) {
            if (each.isUp()) {
                VersionedValue held = each.peer.entry(key);
                if (held == null) {
                    return Optional.empty();
                }
                least = least == null || least.after(held.stamp()) ? held.stamp() : least;
            }
        }
        return Optional.ofNullable(least);
    }

    /** The join has ended. Who was cut off from the others, or left by them, meanwhile may have begun alone. */
    void ended(Participant joined) {
        if (comparable && world.isCalm() && world.troubles() == troubles && joined.peer.hasOthers()) {
            heldByAll.forEach((key, stamp) -> {
                if (!joined.witness.holds(key, stamp)) {
                    world.history.found(History.Wrong.LOST, world.scheduler, joined + " joined without " + key
                            + ", which all held before");
                }
            });
        }
    }
}
