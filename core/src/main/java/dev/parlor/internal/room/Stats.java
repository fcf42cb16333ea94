package dev.parlor.internal.room;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of a room. Guarded by the room's lock, but for those of the event thread. */
final class Stats {
    long framesSent;
    long framesReceived;
    /** Counted where frames are sent, without the lock. */
    final AtomicLong bytesSent = new AtomicLong();
    long bytesReceived;
    long framesRefused;
    long strangersRefused;
    long framesMissed;
    long repairs;
    long entriesRepaired;
    long compactions;
    long messagesDropped;
    /** Counted by whoever reads, without the lock. */
    final AtomicLong undecodableValues = new AtomicLong();
    long warnings;
    long eventsDropped;
}
