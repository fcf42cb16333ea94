package dev.parlor.internal.room;

import dev.parlor.internal.wire.Frame;

/**
 * Keeps the participants in one time: that of the speaker. What the speaker says of its time may be old, by as long as
 * this program stood still or a packet was repeated: old words show the speaker too far behind, and never too far ahead.
 * So it is followed at once where it is ahead, however little; that it is behind is believed only beyond the bound of
 * clock skew, and if it is asked again and all that is heard of it for a while says so. Guarded by the room's lock.
 */
final class SpeakersTime {
    /** The clocks of participants are as near to each other as this, which is nothing to somebody who writes. */
    private static final long NEAR_MILLIS = 50;
    /** What is heard of a speaker that is behind must be the same for so long; longer than a burst of old frames takes. */
    private static final long BEHIND_NANOS = 2_000_000_000L;
    /** While in doubt the speaker is asked so often. */
    private static final long ASK_NANOS = 500_000_000L;
    /** Between two looks of a program that runs there is no more time than this. */
    private static final long STOOD_STILL_NANOS = 1_000_000_000L;

    private final RoomCore core;
    private final RoomState state;
    /** Of whom nothing was heard but that it is behind, and since when; 0 if of nobody. */
    private long behind;
    private long behindSinceNanos;
    private long lookedNanos;
    private long askedNanos;

    SpeakersTime(RoomCore core, RoomState state) {
        this.core = core;
        this.state = state;
    }

    /** Somebody says what the room's time is there. */
    void heard(long from, long roomMillis) {
        if (!state.isSpeaker(from)) {
            return;
        }
        long skew = roomMillis - state.clock().roomMillis();
        long bound = core.options().maxClockSkew().toMillis();
        long now = looked();
        if (skew >= -bound) {
            behind = 0;
            if (skew > NEAR_MILLIS) {
                state.clock().set(roomMillis);
            }
        } else if (behind != from) {
            behind = from;
            behindSinceNanos = now;
        } else if (now - behindSinceNanos > BEHIND_NANOS) {
            behind = 0;
            state.clock().set(roomMillis);
        } else {
            return;
        }
        if (Math.abs(skew) > bound && behind == 0) {
            core.health().warnOfSkew(from, skew);
        }
    }

    /** Asks for as long as there is doubt. */
    void tick() {
        long now = looked();
        if (behind != 0 && !state.isMember(behind)) {
            behind = 0;
        }
        if (behind != 0 && now - askedNanos > ASK_NANOS) {
            askedNanos = now;
            core.outbox().control(behind, Frame.WhoIsThere::new);
        }
    }

    /** Whatever came while this program stood still is old, also if it is heard after the first of it. */
    private long looked() {
        long now = core.environment().nanos().getAsLong();
        if (now - lookedNanos > STOOD_STILL_NANOS) {
            behindSinceNanos = now;
        }
        lookedNanos = now;
        return now;
    }
}
