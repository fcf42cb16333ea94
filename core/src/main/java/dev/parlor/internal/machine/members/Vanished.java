package dev.parlor.internal.machine.members;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    /** Those among them that vanished when at least as many did as stayed. */
    private final Set<Long> missed = new HashSet<>();

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
        sinceNanos.replace(member, nowNanos);
    }

    /** Members have changed: so many participants are here. */
    void count(int present, long nowNanos) {
        forget(nowNanos);
        List<Long> together = sinceNanos.keySet().stream().filter(member -> vanishedLately(member, nowNanos)).toList();
        if (together.size() >= present) {
            missed.addAll(together);
        }
    }

    /** It is not missed any more. */
    void remove(long member) {
        sinceNanos.remove(member);
        missed.remove(member);
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
            missed.retainAll(sinceNanos.keySet());
        }
    }

    /** Whether those who vanished together are as many as those who are here. Others may have ended long ago. */
    boolean outnumber(int present, long nowNanos) {
        forget(nowNanos);
        if (missed.size() < present || missed.isEmpty()) {
            return false;
        }
        long[] times = missed.stream().mapToLong(member -> sinceNanos.getOrDefault(member, nowNanos) - nowNanos).sorted().toArray();
        for (int first = 0; first + present <= times.length; first++) {
            if (times[first + present - 1] - times[first] <= TOGETHER_NANOS) {
                return true;
            }
        }
        return false;
    }
}
