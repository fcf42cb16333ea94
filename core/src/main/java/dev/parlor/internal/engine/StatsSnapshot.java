package dev.parlor.internal.engine;

import dev.parlor.RoomStats;
import dev.parlor.internal.listener.Listening;
import dev.parlor.internal.log.Log;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionReplica;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What was counted at one moment, as the users of the library read it. */
record StatsSnapshot(
        long entries,
        long tombstones,
        long sessionDataBytes,
        long framesSent,
        long framesReceived,
        long bytesSent,
        long bytesReceived,
        long framesRefused,
        long framesSkipped,
        long strangersRefused,
        long framesMissed,
        long repairs,
        long entriesRepaired,
        long stampDefects,
        long writesApplied,
        long messagesReceived,
        long messagesDropped,
        long signalsSent,
        long signalsReceived,
        long signalsDropped,
        long undecodableValues,
        long warnings,
        long outboxKeys,
        long outboxMessages,
        boolean inSync,
        long compactions,
        long memoryBytes,
        long memoryLimitBytes,
        Map<String, Long> memoryByUse,
        long messagesUnheard,
        long listenerFailures,
        long executorFailures,
        long logLinesDropped,
        long eventsDropped,
        long digest) implements RoomStats {

    /** What is counted now. Under the room's lock. */
    static RoomStats of(RoomMachine machine, Listening listening) {
        Stats counted = machine.state().stats();
        SessionReplica session = machine.state().session();
        Budget budget = machine.state().budget();
        return new StatsSnapshot(session.size(), session.tombstones(), session.liveBytes(),
                counted.framesSent, counted.framesReceived, counted.bytesSent.get(), counted.bytesReceived,
                counted.framesRefused, counted.framesSkipped, counted.strangersRefused, counted.framesMissed, counted.repairs,
                counted.entriesRepaired, session.stampDefects(), session.writesApplied(), listening.heard(),
                counted.messagesDropped, counted.signalsSent.get(), counted.signalsReceived, counted.signalsDropped.get(),
                counted.undecodableValues.get(), counted.warnings, machine.outbox().keys(),
                machine.outbox().messages(), machine.standing().isInSync(), counted.compactions,
                budget.used(), budget.bytes(), memoryByUse(budget),
                listening.unheard(), listening.failures(), listening.executorFailures(), Log.dropped(),
                counted.eventsDropped,
                session.root());
    }

    private static Map<String, Long> memoryByUse(Budget budget) {
        Map<String, Long> byUse = new LinkedHashMap<>();
        budget.byUse().forEach((use, bytes) -> byUse.put(use.name(), bytes));
        return Collections.unmodifiableMap(byUse);
    }

    /** Names what is not zero, for a line of a log: most counters of a healthy room are. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "RoomStats[", "]");
        text.add("inSync=" + inSync);
        add(text, "entries", entries);
        add(text, "tombstones", tombstones);
        add(text, "sessionDataBytes", sessionDataBytes);
        add(text, "framesSent", framesSent);
        add(text, "framesReceived", framesReceived);
        add(text, "bytesSent", bytesSent);
        add(text, "bytesReceived", bytesReceived);
        add(text, "framesRefused", framesRefused);
        add(text, "framesSkipped", framesSkipped);
        add(text, "strangersRefused", strangersRefused);
        add(text, "framesMissed", framesMissed);
        add(text, "repairs", repairs);
        add(text, "entriesRepaired", entriesRepaired);
        add(text, "stampDefects", stampDefects);
        add(text, "writesApplied", writesApplied);
        add(text, "messagesReceived", messagesReceived);
        add(text, "messagesDropped", messagesDropped);
        add(text, "signalsSent", signalsSent);
        add(text, "signalsReceived", signalsReceived);
        add(text, "signalsDropped", signalsDropped);
        add(text, "undecodableValues", undecodableValues);
        add(text, "warnings", warnings);
        add(text, "outboxKeys", outboxKeys);
        add(text, "outboxMessages", outboxMessages);
        add(text, "compactions", compactions);
        add(text, "memoryBytes", memoryBytes);
        add(text, "memoryLimitBytes", memoryLimitBytes);
        add(text, "messagesUnheard", messagesUnheard);
        add(text, "listenerFailures", listenerFailures);
        add(text, "executorFailures", executorFailures);
        add(text, "logLinesDropped", logLinesDropped);
        add(text, "eventsDropped", eventsDropped);
        memoryByUse.forEach((use, bytes) -> add(text, "memoryByUse." + use, bytes));
        return text.add(String.format("digest=%016x", digest)).toString();
    }

    private static void add(StringJoiner text, String name, long count) {
        if (count != 0) {
            text.add(name + "=" + count);
        }
    }
}
