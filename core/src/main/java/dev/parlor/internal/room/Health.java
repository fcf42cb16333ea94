package dev.parlor.internal.room;

import dev.parlor.Room;
import dev.parlor.RoomStats;
import dev.parlor.RoomStatus;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.session.SessionReplica;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a room says of itself: its status, whether it is in sync, its counters, and its warnings. */
final class Health {
    private static final Log LOG = Log.of(Room.class);

    /** Strangers are warned of so often at most. */
    private static final long STRANGERS_NANOS = 60_000_000_000L;

    private final RoomCore core;
    private final RoomState state;
    private final WarningLimit warnings = new WarningLimit();
    private final List<String> unsaid = new ArrayList<>();
    private volatile RoomStatus status = RoomStatus.CONNECTING;
    /** As it was told last. What only time has changed since is not said by {@link #stats()} either before listeners are told. */
    private boolean inSync = true;
    private boolean strangersOfThisRoom;
    private boolean warnedOfStrangers;
    private long strangersNanos;

    Health(RoomCore core, RoomState state) {
        this.core = core;
        this.state = state;
    }

    /** May be read without the lock. */
    RoomStatus status() {
        return status;
    }

    /** The first members are known. Under the lock. */
    void joining() {
        status = state.hasOthers() ? RoomStatus.SYNCING : RoomStatus.CONNECTING;
    }

    /** Tells if it is another than before. Under the lock. */
    void update() {
        RoomStatus now = core.hasEnded() ? RoomStatus.CLOSED : core.roster().status(core.environment().nanos().getAsLong());
        boolean same = inSync();
        if ((now != status || same != inSync) && (core.hasJoined() || core.hasEnded())) {
            core.events().statusChanged(new StatusChanged(status, now, same), inSync);
            status = now;
            inSync = same;
        }
    }

    /** Whether this participant holds what all hold whom it has met and who have not left. Under the lock. */
    private boolean inSync() {
        return core.repair().inSync() && !core.roster().mayBeCutOff();
    }

    /** Takes the lock. */
    RoomStats stats() {
        core.lock().lock();
        try {
            Stats counted = state.stats();
            SessionReplica session = state.session();
            return new StatsSnapshot(session.size(), session.tombstones(), session.liveBytes(),
                    counted.framesSent, counted.framesReceived, counted.bytesSent.get(), counted.bytesReceived,
                    counted.framesRefused, counted.strangersRefused, counted.framesMissed, counted.repairs,
                    counted.entriesRepaired, session.stampDefects(), session.writesApplied(), core.listening().heard(),
                    counted.messagesDropped, counted.undecodableValues.get(), counted.warnings, core.outbox().keys(),
                    core.outbox().messages(), inSync && inSync(), counted.compactions,
                    state.budget().used(), state.budget().bytes(), memoryByUse(),
                    core.listening().unheard(), core.listening().failures(), core.listening().executorFailures(), Log.dropped(),
                    counted.eventsDropped,
                    session.digest().root());
        } finally {
            core.unlock();
        }
    }

    private Map<String, Long> memoryByUse() {
        Map<String, Long> byUse = new LinkedHashMap<>();
        state.budget().byUse().forEach((use, bytes) -> byUse.put(use.name(), bytes));
        return Collections.unmodifiableMap(byUse);
    }

    /** Says something that is nobody's exception. With or without the lock. */
    void warn(Warning.Kind kind, String message) {
        core.lock().lock();
        try {
            state.stats().warnings++;
            String text = warnings.admit(kind, message, core.environment().nanos().getAsLong());
            if (text != null) {
                unsaid.add(kind + ": " + text);
                core.events().passing(new Warning(kind, text), text.length());
            }
        } finally {
            core.unlock();
        }
    }

    /** Lines to be logged once the lock is given back, or null. Under the lock. */
    List<String> takeUnsaid() {
        if (unsaid.isEmpty()) {
            return null;
        }
        List<String> taken = List.copyOf(unsaid);
        unsaid.clear();
        return taken;
    }

    /** Logs what was taken so. Without the lock. */
    void log(List<String> lines) {
        lines.forEach(line -> LOG.warn("room \"{}\": {}", core.options().room(), line));
    }

    /** Datagrams have come that were not sealed with the passphrase. Warned of once a minute, and not before we are in. */
    void strangers(long count, boolean ofThisRoom) {
        strangersOfThisRoom |= ofThisRoom;
        state.stats().strangersRefused += count;
        long now = core.environment().nanos().getAsLong();
        if (core.isLive() && (!warnedOfStrangers || now - strangersNanos >= STRANGERS_NANOS)) {
            warnedOfStrangers = true;
            strangersNanos = now;
            warn(Warning.Kind.INTRUDER, state.stats().strangersRefused + " datagrams so far were not of this room's passphrase "
                    + "and were ignored: somebody uses a room of this name with another one, or where one of both has none, "
                    + "or tries to get in");
        }
    }

    /** Whether somebody says that it is in this room and has not the passphrase. Under the lock. */
    boolean metStrangersOfThisRoom() {
        return strangersOfThisRoom;
    }
}
