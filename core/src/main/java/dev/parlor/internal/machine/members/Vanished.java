package dev.parlor.internal.machine.members;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Participants that vanished without leaving. Where at least as many vanished together as stayed, it is more likely that those
 * who stayed are cut off from them than that all of them ended: these are missed until they are back, are outnumbered by those
 * who are here, or have been gone for longer than the retention. Guarded by the room's lock.
 */
final class Vanished {
    /** Those of one cut, or of cuts that follow one another, vanish within this time. */
    static final long TOGETHER_NANOS = 30_000_000_000L;

    private final long retentionNanos;
    /** Who vanished and is not back, and when it was seen to vanish last: at most those of one retention. */
    private final Map<Long, Long> sinceNanos = new HashMap<>();
    /** Of each cut those among them that are missed: as many vanished together, or more, as stayed. */
    private final List<Set<Long>> cuts = new ArrayList<>();

    Vanished(long retentionNanos) {
        this.retentionNanos = retentionNanos;
    }

    /** A participant has vanished. */
    void vanished(long member, long nowNanos) {
        sinceNanos.put(member, nowNanos);
    }

    /**
     * A member has vanished that was no participant. Who had vanished before, was in the view again and is gone before it could
     * say who it is, is cut off since now.
     */
    void vanishedAgain(long member, long nowNanos) {
        if (sinceNanos.replace(member, nowNanos) != null) {
            notOfACut(member);
        }
    }

    /** Members have changed: so many participants are here. */
    void count(int present, long nowNanos) {
        forget(nowNanos);
        Set<Long> together = sinceNanos.keySet().stream().filter(member -> vanishedLately(member, nowNanos)).collect(Collectors.toSet());
        if (!together.isEmpty() && together.size() >= present) {
            // A cut is noticed bit by bit.
            cuts.removeIf(together::containsAll);
            cuts.add(together);
        }
    }

    /** It is not missed any more. */
    void remove(long member) {
        sinceNanos.remove(member);
        notOfACut(member);
    }

    private void notOfACut(long member) {
        cuts.forEach(cut -> cut.remove(member));
        cuts.removeIf(Set::isEmpty);
    }

    /** Whether somebody vanished not long ago and is not back. */
    boolean vanishedLately(long nowNanos) {
        return sinceNanos.keySet().stream().anyMatch(member -> vanishedLately(member, nowNanos));
    }

    private boolean vanishedLately(long member, long nowNanos) {
        Long since = sinceNanos.get(member);
        return since != null && nowNanos - since < TOGETHER_NANOS;
    }

    private void forget(long nowNanos) {
        if (sinceNanos.values().removeIf(since -> nowNanos - since > retentionNanos)) {
            cuts.forEach(cut -> cut.retainAll(sinceNanos.keySet()));
            cuts.removeIf(Set::isEmpty);
        }
    }

    /** Whether of one cut as many are missed as are here. Others may have ended long ago. */
    boolean outnumber(int present, long nowNanos) {
        forget(nowNanos);
        return cuts.stream().anyMatch(cut -> cut.size() >= present);
    }
}
