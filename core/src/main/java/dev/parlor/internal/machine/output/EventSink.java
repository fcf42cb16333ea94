package dev.parlor.internal.machine.output;

import dev.parlor.Change;
import dev.parlor.ParticipantLeft;
import dev.parlor.RoomEvent;
import dev.parlor.StatusChanged;
import dev.parlor.SyncProgress;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.session.SessionChanges;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Conflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what listeners are to hear, in the order in which it happened. Under the room's lock: nothing is decoded or told
 * before the lock is given back.
 */
public interface EventSink {
    /** Whether anybody asks what changes. */
    boolean hearsChanges();

    /** Whether anybody asks what a key changes to. */
    boolean hearsChanges(String key);

    /**
     * A key was written or removed here by itself, and a reader sees a difference. What was there before is null for nothing or a
     * tombstone; what is there now may be a tombstone.
     */
    void change(String key, @Nullable VersionedValue before, VersionedValue now, Change.Cause cause);

    /** Session data changed, in one step. */
    void changes(SessionChanges changes, Change.Cause cause);

    void joined(Present now);

    void left(Present gone, ParticipantLeft.Reason reason);

    void updated(Present before, Present now);

    void hostChanged(Present host);

    /** @param wasInSync as it was told before */
    void statusChanged(StatusChanged change, boolean wasInSync);

    /** Parts of the room have met, and lost these writes, and so many that are not named. */
    void merged(List<Conflict> conflicts, int omitted);

    /** An event that is of interest only now, such as a warning. @param bytes what it keeps in memory */
    void passing(RoomEvent event, int bytes);

    /** How far the join is, which is told before it has ended. */
    void joinProgress(SyncProgress progress);

    /** A message has come; false if so many wait that it was refused. */
    boolean message(Present from, byte[] payload, boolean direct);

    /** A request has come; false if so many wait that it was refused. */
    boolean request(Present from, AppMessage request);

    /** A signal has come that is newer than those of its sender and type that came before. */
    void signal(Present from, int type, byte[] payload);

    /** Puts in what an action puts in as one, which costs less. */
    void together(Runnable action);
}
