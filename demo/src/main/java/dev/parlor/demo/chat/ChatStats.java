package dev.parlor.demo.chat;

import dev.parlor.RoomStats;
import java.util.List;

/** The room's counters as some lines for a person. */
final class ChatStats {
    private ChatStats() {}

    static List<String> lines(RoomStats stats) {
        return List.of(
                String.format("  data      %d keys, %d bytes, %d removed keys remembered, %s, digest %016x",
                        stats.entries(), stats.sessionDataBytes(), stats.tombstones(),
                        stats.inSync() ? "in sync" : "not in sync at the moment", stats.digest()),
                String.format("  frames    %d sent (%d bytes), %d received (%d bytes), %d refused, %d missed",
                        stats.framesSent(), stats.bytesSent(), stats.framesReceived(), stats.bytesReceived(), stats.framesRefused(), stats.framesMissed()),
                String.format("  repairs   %d, which brought %d keys", stats.repairs(), stats.entriesRepaired()),
                String.format("  messages  %d received, %d dropped", stats.messagesReceived(), stats.messagesDropped()),
                String.format("  outbox    %d keys, %d messages", stats.outboxKeys(), stats.outboxMessages()),
                String.format("  trouble   %d warnings, %d unreadable values, %d stamp defects",
                        stats.warnings(), stats.undecodableValues(), stats.stampDefects()));
    }
}
