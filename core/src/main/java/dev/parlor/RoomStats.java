package dev.parlor;

import java.util.Map;

/**
 * Counters and gauges of a room since it was joined, read at one moment. Immutable and thread-safe.
 *
 * @param entries live entries of session data
 * @param tombstones removed keys still remembered
 * @param sessionDataBytes bytes of live keys and values
 * @param framesSent frames handed to the network
 * @param framesReceived frames taken from the network
 * @param bytesSent bytes of frames handed to the network, one to all counted once; without what the network adds
 * @param bytesReceived bytes of frames taken from the network
 * @param framesRefused frames that could not be read or were not for us to take
 * @param strangersRefused datagrams that were not sealed with the room's passphrase; in a room without one, those that
 *     were sealed with any
 * @param framesMissed frames found missing by the numbers of their sender
 * @param repairs rounds of repair that this participant asked for and that ended
 * @param entriesRepaired entries that came with a repair and were news
 * @param stampDefects different values met under one stamp
 * @param writesApplied writes of a key that were news here, own ones and others', removals too; a key that was overwritten
 *     before it was sent counts once
 * @param messagesReceived messages handed to at least one listener
 * @param messagesDropped messages that could not be handed to listeners
 * @param undecodableValues values that could not be read here
 * @param warnings warnings raised
 * @param outboxKeys keys waiting to be sent
 * @param outboxMessages messages waiting to be sent
 * @param inSync true if the last comparison with the others found the same content, nothing is known to be missing, and this
 *     participant has no reason to think that it is cut off: false while {@link RoomStatus#RECONNECTING}, and after at least
 *     half of the participants vanished together without leaving, until they are back, as many others are here, or {@link
 *     RoomBuilder#retention} has passed. The larger part of a room that is cut in two goes on being in sync; what the other
 *     part writes is not known to it
 * @param compactions how often old tombstones were forgotten; see {@link RoomBuilder#retention}
 * @param memoryBytes bytes in use beside the data that is shared, about: what waits, and removed keys
 * @param memoryLimitBytes how many there may be; see {@link RoomBuilder#memory}
 * @param memoryByUse the bytes in use by what they are used for, such as {@code MESSAGES} (waiting for listeners) or {@code
 *     TOMBSTONES} (removed keys). Which uses there are may change between versions.
 * @param messagesUnheard messages that came while no listener for their class was registered here; see {@link
 *     Warning.Kind#MESSAGE_UNHEARD}
 * @param listenerFailures exceptions that listeners and handlers threw; see {@link Warning.Kind#LISTENER_FAILED}
 * @param executorFailures how often the executor of {@link RoomBuilder#deliverOn} did not run what it was given; see {@link
 *     Warning.Kind#LISTENER_EXECUTOR}
 * @param logLinesDropped lines that could not be logged since the log blocks or is slow, of all rooms of this JVM
 * @param eventsDropped events that listeners were not told, since too much waited for them: warnings and progress, and that a
 *     participant came or left if it came and left, or left and came back, meanwhile
 * @param digest a number that is the same on all replicas with the same content
 */
public record RoomStats(
        long entries,
        long tombstones,
        long sessionDataBytes,
        long framesSent,
        long framesReceived,
        long bytesSent,
        long bytesReceived,
        long framesRefused,
        long strangersRefused,
        long framesMissed,
        long repairs,
        long entriesRepaired,
        long stampDefects,
        long writesApplied,
        long messagesReceived,
        long messagesDropped,
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
        long digest) {}
