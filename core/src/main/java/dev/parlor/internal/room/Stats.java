package dev.parlor.internal.room;

/** Counters of a room. Guarded by the room's lock, but for those of the event thread. */
final class Stats {
    long framesSent;
    long framesReceived;
    long framesRefused;
    long strangersRefused;
    long framesMissed;
    long repairs;
    long entriesRepaired;
    long compactions;
    long messagesReceived;
    long messagesDropped;
    long undecodableValues;
    long warnings;
}
