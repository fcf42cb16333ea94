package dev.parlor.internal.room;

import dev.parlor.RoomStats;
import dev.parlor.internal.budget.Budget;
import dev.parlor.internal.engine.RoomEngine;
import dev.parlor.internal.listener.Listening;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.state.Stats;
import dev.parlor.internal.session.SessionReplica;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The counters of a room, as users see them. */
final class Figures {
    private Figures() {}

    /** As they are now. Takes the room's lock. */
    static RoomStats of(RoomEngine engine) {
        return engine.read(() -> of(engine.machine(), engine.listening()));
    }

    private static RoomStats of(RoomMachine machine, Listening listening) {
        Stats counted = machine.state().stats();
        SessionReplica session = machine.state().session();
        Budget budget = machine.state().budget();
        return new StatsSnapshot(session.size(), session.tombstones(), session.liveBytes(),
                counted.framesSent, counted.framesReceived, counted.bytesSent.get(), counted.bytesReceived,
                counted.framesRefused, counted.framesSkipped, counted.strangersRefused, counted.framesMissed, counted.repairs,
                counted.entriesRepaired, session.stampDefects(), session.writesApplied(), listening.heard(),
                counted.messagesDropped, counted.undecodableValues.get(), counted.warnings, machine.outbox().keys(),
                machine.outbox().messages(), machine.standing().isInSync(), counted.compactions,
                budget.used(), budget.bytes(), memoryByUse(budget),
                listening.unheard(), listening.failures(), listening.executorFailures(), Log.dropped(),
                counted.eventsDropped,
                session.digest().root());
    }

    private static Map<String, Long> memoryByUse(Budget budget) {
        Map<String, Long> byUse = new LinkedHashMap<>();
        budget.byUse().forEach((use, bytes) -> byUse.put(use.name(), bytes));
        return Collections.unmodifiableMap(byUse);
    }
}
