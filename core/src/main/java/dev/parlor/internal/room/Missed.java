package dev.parlor.internal.room;

import java.util.HashMap;
import java.util.Map;

/**
 * Participants that vanished together, at least as many as stayed: more likely than that all of them ended is that those
 * who stayed are cut off from them. They are missed until they are back, are outnumbered by those who are here, or have
 * been gone for longer than the retention. Guarded by the room's lock.
 */
final class Missed {
    /** Those of one cut, or of cuts that follow one another, vanish within this time. */
    private static final long TOGETHER_NANOS = 30_000_000_000L;

    private final long retentionNanos;
    private final Map<Long, Long> sinceNanos = new HashMap<>();

    Missed(long retentionNanos) {
        this.retentionNanos = retentionNanos;
    }

    /**
     * Members have changed.
     *
     * @param lostNanos who vanished not long ago, and when
     * @param present how many participants are here
     */
    void count(Map<Long, Long> lostNanos, int present) {
        if (lostNanos.size() >= present) {
            lostNanos.forEach(sinceNanos::put);
        }
    }

    /** It is not missed any more. */
    void remove(long member) {
        sinceNanos.remove(member);
    }

    /** Whether those who vanished together are as many as those who are here. Others may have ended long ago. */
    boolean outnumber(int present, long nowNanos) {
        sinceNanos.values().removeIf(since -> nowNanos - since > retentionNanos);
        if (sinceNanos.size() < present || sinceNanos.isEmpty()) {
            return false;
        }
        long[] times = sinceNanos.values().stream().mapToLong(since -> since - nowNanos).sorted().toArray();
        for (int first = 0; first + present <= times.length; first++) {
            if (times[first + present - 1] - times[first] <= TOGETHER_NANOS) {
                return true;
            }
        }
        return false;
    }
}
