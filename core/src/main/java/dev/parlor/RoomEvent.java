package dev.parlor;

/**
 * Something that happened in a room. Listen with {@link Room#on}, for one kind or, with {@code RoomEvent.class}, for
 * all. Events are immutable and thread-safe.
 */
public sealed interface RoomEvent
        permits ParticipantJoined,
                ParticipantUpdated,
                ParticipantLeft,
                HostChanged,
                SessionDataChanged,
                MergeReport,
                MessageReceived,
                StatusChanged,
                SyncProgress,
                Warning {}
