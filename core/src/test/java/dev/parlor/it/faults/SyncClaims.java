package dev.parlor.it.faults;

import java.util.List;
import java.util.Optional;

/**
 * Watches, while nobody writes, whether all claim to be in sync while they differ. Nobody can know at once that it
 * lacks something, so they may for a moment; but who has not found out after that has claimed what is not so.
 */
final class SyncClaims {
    /** How long all may be wrong. */
    private static final long GRACE_NANOS = 3_000_000_000L;

    private final int count;
    private boolean wrong;
    private boolean told;
    private long sinceNanos;

    /**
     * Begins to watch.
     *
     * @param count how many there are
     */
    SyncClaims(int count) {
        this.count = count;
    }

    /**
     * Takes what each answers: how many it sees, whether it claims to be in sync, and its digest.
     *
     * @return what is to be found fault with, once
     */
    Optional<String> observe(long nowNanos, List<String> states) {
        // Who does not see all may well be in sync with those whom it sees.
        boolean allClaim = states.stream().allMatch(state -> state.startsWith(count + " true "));
        if (!allClaim || states.stream().distinct().count() == 1) {
            wrong = false;
            return Optional.empty();
        }
        if (!wrong) {
            wrong = true;
            sinceNanos = nowNanos;
        }
        if (told || nowNanos - sinceNanos <= GRACE_NANOS) {
            return Optional.empty();
        }
        told = true;
        return Optional.of("all claimed for " + (nowNanos - sinceNanos) / 1_000_000
                + " ms to be in sync while they differed: " + states);
    }
}
