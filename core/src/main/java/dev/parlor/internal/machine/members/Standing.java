package dev.parlor.internal.machine.members;

import dev.parlor.RoomStatus;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import dev.parlor.internal.machine.output.EventSink;
import dev.parlor.internal.machine.output.Warnings;
import dev.parlor.internal.machine.repair.Repair;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;

/** How this participant stands: its status, and whether it is in sync. Guarded by the room's lock, but for the status. */
public final class Standing {
    /** Strangers are warned of so often at most. */
    private static final long STRANGERS_NANOS = 60_000_000_000L;

    private final RoomState state;
    private final Roster roster;
    private final Repair repair;
    private final EventSink events;
    private final Warnings warnings;
    private final Now now;
    private volatile RoomStatus status = RoomStatus.CONNECTING;
    /** As it was told last. What only time has changed since is not said by {@link #isInSync} either before listeners are told. */
    private boolean inSync = true;
    private boolean strangersOfThisRoom;
    private boolean warnedOfStrangers;
    private long strangersNanos;

    public Standing(RoomState state, Roster roster, Repair repair, EventSink events, Warnings warnings, Now now) {
        this.state = state;
        this.roster = roster;
        this.repair = repair;
        this.events = events;
        this.warnings = warnings;
        this.now = now;
    }

    /** May be read without the lock. */
    public RoomStatus status() {
        return status;
    }

    /** Whether this participant is in sync, and listeners were told so. */
    public boolean isInSync() {
        return inSync && holdsAll();
    }

    /** The first members are known. */
    public void joining() {
        status = state.hasOthers() ? RoomStatus.SYNCING : RoomStatus.CONNECTING;
    }

    /** Tells if it is another than before. */
    public void update() {
        RoomStatus is = state.hasEnded() ? RoomStatus.CLOSED : roster.status();
        boolean same = holdsAll();
        if ((is != status || same != inSync) && (state.hasJoined() || state.hasEnded())) {
            events.statusChanged(new StatusChanged(status, is, same), inSync);
            status = is;
            inSync = same;
        }
    }

    /** Whether this participant holds what all hold whom it has met and who have not left. */
    private boolean holdsAll() {
        return repair.inSync() && !roster.mayBeCutOff();
    }

    /** Datagrams have come that were not sealed with the passphrase. Warned of once a minute, and not before we are in. */
    public void strangers(long count, boolean ofThisRoom) {
        strangersOfThisRoom |= ofThisRoom;
        state.stats().strangersRefused += count;
        if (state.isLive() && (!warnedOfStrangers || now.nanos() - strangersNanos >= STRANGERS_NANOS)) {
            warnedOfStrangers = true;
            strangersNanos = now.nanos();
            warnings.warn(Warning.Kind.INTRUDER, state.stats().strangersRefused + " datagrams so far were not of this room's "
                    + "passphrase and were ignored: somebody uses a room of this name with another one, or where one of both has "
                    + "none, or tries to get in");
        }
    }

    /** Whether somebody says that it is in this room and has not the passphrase. */
    public boolean metStrangersOfThisRoom() {
        return strangersOfThisRoom;
    }
}
