package dev.parlor.internal.machine.stats;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of a room. Guarded by the room's lock, but for those of the event thread. */
public final class Stats {
    public long framesSent;
    public long framesReceived;
    /** Counted where frames are sent, without the lock. */
    public final AtomicLong bytesSent = new AtomicLong();
    public long bytesReceived;
    public long framesRefused;
    public long framesSkipped;
    public long strangersRefused;
    public long framesMissed;
    public long repairs;
    public long entriesRepaired;
    public long compactions;
    public long messagesDropped;
    /** Counted by whoever reads, without the lock. */
    public final AtomicLong undecodableValues = new AtomicLong();
    public long warnings;
    /** Counted without the lock, as those that are dropped may be. */
    public final AtomicLong signalsSent = new AtomicLong();
    public long signalsReceived;
    public final AtomicLong signalsDropped = new AtomicLong();
    public long eventsDropped;
}
