package dev.parlor.internal.machine.outbox;

import dev.parlor.internal.machine.state.Bounded;
import dev.parlor.internal.machine.state.Inbound;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of what is in the outbox, and numbers them: those to all in the order of sending, those to one by the number
 * of the last frame to all. Each turn is the state that waits, then the messages that waited when the turn began, then
 * frames of other kinds: so no message overtakes state that was written before it, and a flood of writes delays no message
 * for ever. Guarded by the room's lock.
 */
public final class Departures {
    /** In place of the number of a frame that nobody would hear. */
    public static final long NOBODY = 0;
    /** So soon after a turn what is written is part of a burst, which the worker makes full frames of. */
    static final long BURST_NANOS = 100_000;
    /** A frame that leaves on a caller's thread is no larger: it costs the caller some microseconds, as small ones do. */
    static final int MAX_LONE_BYTES = 8 * 1024;
    /** A frame of session data: one fragment of JGroups (50 KiB) less its headers. */
    public static final int MAX_FRAME_BYTES = 48 * 1024;
    /** In place of the time at which a frame to all told of a frame to one first. */
    private static final long UNTOLD_NANOS = Long.MIN_VALUE;

    /**
     * What waited when a turn began.
     *
     * @param mark what was written before it is of this turn
     * @param presence who this participant is, if it is to be said, or null
     * @param singles what single puts wrote; it may be read without the lock
     * @param number of the first frame of these
     * @param more whether there are units too
     * @param controls how many frames of other kinds there are
     * @param askers who is to be told who this participant is
     */
    public record Turn(long mark, Frame.@Nullable Numbered presence, Map<String, VersionedValue> singles, long number, boolean more,
            int controls, List<Long> askers, List<Outbox.Outgoing> messages) {}

    /**
     * A frame to all that is all there is to send.
     *
     * @param messages that are in it
     */
    public record Lone(Frame.Numbered frame, List<AppMessage> messages) {}

    /** A frame and for whom it is; null for all. */
    public record Addressed(@Nullable Long to, Frame.Numbered frame) {}

    private record Marked(long count, long toldNanos) {}

    private final RoomState state;
    private final Outbox outbox;
    private final Now now;
    private boolean claimed;
    private boolean sending;
    private boolean stopped;
    private boolean ended;
    private long endedNanos;
    private boolean userSent;
    private long userSentNanos;
    private long lastNumber;
    private final Map<Long, Long> directCounts = new HashMap<>();
    /** The last frame to each alone of which no frame to all has told for long: it may still be on its way when that arrives. */
    private final Map<Long, Marked> directsToTell = new Bounded<>();

    public Departures(RoomState state, Outbox outbox, Now now) {
        this.state = state;
        this.outbox = outbox;
        this.now = now;
    }

    // ---- turns

    /** Whether there is something for a turn and none is under way; then one is begun by whoever asked, and nobody else. */
    public boolean claim() {
        boolean claims = !claimed && !stopped && outbox.hasWork();
        claimed |= claims;
        return claims;
    }

    /**
     * Claims and begins a turn of one small frame to all, if that is all there is to send, and no burst is under way; else null. It
     * is ended as any other.
     */
    public @Nullable Lone claimLone() {
        if (claimed || stopped || !state.hasOthers() || !outbox.holdsOne(MAX_LONE_BYTES)
                || ended && now.nanos() - endedNanos < BURST_NANOS) {
            return null;
        }
        claimed = true;
        sending = true;
        outbox.mark();
        Map<String, VersionedValue> singles = outbox.takeSingles();
        if (!singles.isEmpty()) {
            Map.Entry<String, VersionedValue> single = singles.entrySet().iterator().next();
            StateDelta delta = StateDelta.of(List.of(new KeyedValue(single.getKey(), single.getValue())));
            return lone(numbered(update(delta)), List.of());
        }
        List<AppMessage> messages = List.of(outbox.takeMessages().get(0).message());
        return lone(messagesToAll(messages), messages);
    }

    private static @Nullable Lone lone(Frame.@Nullable Numbered frame, List<AppMessage> messages) {
        return frame == null ? null : new Lone(frame, messages);
    }

    /** Whether a turn was claimed that has not ended. */
    public boolean isClaimed() {
        return claimed;
    }

    /** The turn that was claimed cannot be begun. */
    public void unclaim() {
        claimed = false;
    }

    /** Begins the turn that was claimed. */
    public Turn begin() {
        sending = true;
        long mark = outbox.mark();
        Frame.Numbered presence = outbox.takeUserChanged() ? userData() : null;
        Map<String, VersionedValue> singles = outbox.takeSingles();
        return new Turn(mark, presence, singles, singles.isEmpty() ? NOBODY : nextNumber(), outbox.hasUnits(mark),
                outbox.controls(), outbox.takeAskers(), outbox.takeMessages());
    }

    private Frame.@Nullable Numbered userData() {
        userSent = true;
        userSentNanos = now.nanos();
        return numbered(state.presence());
    }

    /** How long ago user data was sent to all; as long as can be if it never was. */
    public long sinceUserNanos() {
        return userSent ? now.nanos() - userSentNanos : Long.MAX_VALUE;
    }

    /** Ends it. */
    public void end() {
        sending = false;
        claimed = false;
        ended = true;
        endedNanos = now.nanos();
    }

    /** Nothing more is sent. */
    public void stop() {
        stopped = true;
    }

    /** Whether what was written here is still on its way to the network. */
    public boolean isBusy() {
        return sending || outbox.hasState();
    }

    // ---- frames

    /** The next frame of units of a turn, or null. */
    public Frame.@Nullable Numbered units(long mark) {
        StateDelta delta = outbox.takeUnits(mark, MAX_FRAME_BYTES);
        return delta == null ? null : numbered(update(delta));
    }

    /** A frame of session data alone. */
    public static Frame update(StateDelta delta) {
        return new Frame.Update(delta, 0, Map.of(), List.of());
    }

    /** A frame of messages to all, or null if there is nobody to hear them. */
    public Frame.@Nullable Numbered messagesToAll(List<AppMessage> messages) {
        return numbered(new Frame.Update(StateDelta.of(List.of()), ownUserVersion(), directsToTellOf(), messages));
    }

    /**
     * From the first frame to all after it on, however long that takes, since whoever sends may be stuck; and not once, but for a
     * while, since the frame that says so first may be lost.
     */
    private Map<Long, Long> directsToTellOf() {
        if (directsToTell.isEmpty()) {
            return Map.of();
        }
        long nowNanos = now.nanos();
        directsToTell.values().removeIf(direct -> direct.toldNanos() != UNTOLD_NANOS
                && nowNanos - direct.toldNanos() > Inbound.ARRIVAL_NANOS);
        Map<Long, Long> directs = new HashMap<>();
        directsToTell.replaceAll((to, direct) -> {
            directs.put(to, direct.count());
            return direct.toldNanos() == UNTOLD_NANOS ? new Marked(direct.count(), nowNanos) : direct;
        });
        return directs;
    }

    /** A frame of messages to one, or null if it has left: who is gone hears nothing any more, which is told otherwise. */
    public Frame.@Nullable Numbered messagesTo(long to, List<AppMessage> messages) {
        if (!state.isMember(to)) {
            return null;
        }
        long count = directCounts.merge(to, 1L, Long::sum);
        directsToTell.put(to, new Marked(count, UNTOLD_NANOS));
        return follows(new Frame.Direct(count, ownUserVersion(), messages));
    }

    private long ownUserVersion() {
        return state.users().of(state.self()).version();
    }

    /** The next frame of another kind; null if there is none, or nobody to hear it. */
    public @Nullable Addressed control() {
        return addressed(outbox.takeControl());
    }

    /** Who this participant is, for one who asked, or {@link Outbox#ALL}; null if there is nobody to hear it. */
    public @Nullable Addressed answer(long asker) {
        return addressed(new Outbox.Control(asker == Outbox.ALL ? null : asker, state::presence));
    }

    private @Nullable Addressed addressed(Outbox.@Nullable Control control) {
        if (control == null) {
            return null;
        }
        Frame made = control.frame().get();
        Frame.Numbered frame = made == null ? null : control.to() == null ? numbered(made) : follows(made);
        return frame == null ? null : new Addressed(control.to(), frame);
    }

    /** A frame to all with its number, or null if there is nobody to hear it. */
    private Frame.@Nullable Numbered numbered(Frame frame) {
        long number = nextNumber();
        return number == NOBODY ? null : new Frame.Numbered(number, frame);
    }

    /** A frame to one with the number of the last frame to all. */
    private Frame.Numbered follows(Frame frame) {
        state.stats().framesSent++;
        return new Frame.Numbered(lastNumber, frame);
    }

    // ---- numbers

    /** The number of the next frame to all, or {@link #NOBODY}. */
    public long nextNumber() {
        if (stopped) {
            return NOBODY;
        }
        lastNumber++;
        state.stats().framesSent++;
        return state.hasOthers() ? lastNumber : NOBODY;
    }

    /** The number of the last frame to all. */
    public long lastNumber() {
        return lastNumber;
    }
}
