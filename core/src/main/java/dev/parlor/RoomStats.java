package dev.parlor;

import java.util.Map;

/**
 * Counters and gauges of a room since it was joined, read at one moment by {@link Room#stats}. Immutable and thread-safe; equal
 * if all of it is. {@link Object#toString} names what is not zero.
 *
 * <p>Made by the library alone: later versions count more, so a class that implements this interface may not compile with them.
 */
public interface RoomStats {
    /** {@return the number of live entries of session data} */
    long entries();

    /** {@return the number of removed keys that are still remembered} */
    long tombstones();

    /** {@return the bytes of all live keys (in UTF-8) and values, as {@link Limits#sessionDataBytes} bounds them} */
    long sessionDataBytes();

    /** {@return the number of frames handed to the network, without those of signals} */
    long framesSent();

    /** {@return the number of frames taken from the network, without those of signals} */
    long framesReceived();

    /**
     * {@return the bytes of the frames handed to the network, a frame for all counted once; without what the network adds;
     * signals included}
     */
    long bytesSent();

    /** {@return the bytes of the frames taken from the network, signals included} */
    long bytesReceived();

    /** {@return the number of frames that could not be read or were not for this participant to take} */
    long framesRefused();

    /** {@return the number of frames of a kind that this version of Parlor does not know and may skip} */
    long framesSkipped();

    /**
     * {@return the number of datagrams that were not sealed with the room's passphrase; in a room without one, of those that
     * were sealed with any}
     */
    long strangersRefused();

    /** {@return the number of frames found missing by the numbers of their sender} */
    long framesMissed();

    /** {@return the number of rounds of repair that this participant asked for and that ended} */
    long repairs();

    /** {@return the number of entries that came with a repair and were news} */
    long entriesRepaired();

    /**
     * {@return the number of times that different values were met under one stamp; see {@link Warning.Kind#STAMP_DEFECT}}
     */
    long stampDefects();

    /**
     * {@return the number of writes of a key that were news here, own ones and others', removals too; a key that was
     * overwritten before it was sent counts once}
     */
    long writesApplied();

    /** {@return the number of messages handed to at least one listener} */
    long messagesReceived();

    /** {@return the number of messages that could not be handed to listeners; see {@link RoomBuilder#messageBacklog}} */
    long messagesDropped();

    /** {@return the number of signals handed to the network; see {@link Room#signal}} */
    long signalsSent();

    /**
     * {@return the number of signals that came and were newer than those of their sender and class that came before, whether anybody
     * listened or not}
     */
    long signalsReceived();

    /**
     * {@return the number of signals that were dropped here: newer ones took their places while they waited to be sent or to be told,
     * they came after newer ones or twice, or nobody was there to hear them. What the network lost is not known}
     */
    long signalsDropped();

    /** {@return the number of times that a value could not be read here; see {@link Warning.Kind#UNDECODABLE_VALUE}} */
    long undecodableValues();

    /** {@return the number of warnings raised, those that were not told included; see {@link Warning}} */
    long warnings();

    /** {@return the number of keys that wait to be sent} */
    long outboxKeys();

    /** {@return the number of messages that wait to be sent} */
    long outboxMessages();

    /**
     * Whether this participant holds what the others hold, as far as is known here: the last comparison with them found the
     * same content, nothing is known to be missing, and this participant has no reason to think that it is cut off. False while
     * {@link RoomStatus#RECONNECTING}, and after at least half of the participants vanished together without leaving, until
     * they are back, as many others are here, or {@link RoomBuilder#retention} has passed. The larger part of a room that is
     * cut in two goes on being in sync; what the other part writes is not known to it.
     *
     * @return true if it is in sync
     */
    boolean inSync();

    /** {@return how often old removed keys were forgotten; see {@link RoomBuilder#retention}} */
    long compactions();

    /** {@return the bytes in use beside the data that is shared, about: what waits, and removed keys} */
    long memoryBytes();

    /** {@return how many bytes may be in use so; see {@link RoomBuilder#memory}} */
    long memoryLimitBytes();

    /**
     * The bytes in use by what they are used for, such as {@code MESSAGES} (waiting for listeners) or {@code TOMBSTONES}
     * (removed keys). Which uses there are may change between versions.
     *
     * @return an immutable map
     */
    Map<String, Long> memoryByUse();

    /**
     * {@return the number of messages that came while no listener for their class was registered here; see {@link
     * Warning.Kind#MESSAGE_UNHEARD}}
     */
    long messagesUnheard();

    /** {@return the number of exceptions that listeners and handlers threw; see {@link Warning.Kind#LISTENER_FAILED}} */
    long listenerFailures();

    /**
     * {@return how often the executor of {@link RoomBuilder#deliverOn} did not run what it was given; see {@link
     * Warning.Kind#LISTENER_EXECUTOR}}
     */
    long executorFailures();

    /**
     * {@return the number of lines that could not be logged since the log blocks or is slow, of all rooms of this JVM}
     */
    long logLinesDropped();

    /**
     * {@return the number of events that listeners were not told, since too much waited for them: warnings and progress, and
     * that a participant came or left if it came and left, or left and came back, meanwhile}
     */
    long eventsDropped();

    /** {@return a number that is the same on all replicas with the same content} */
    long digest();
}
