package dev.parlor;

/**
 * Something that happened in a room. Listen with {@link Room#on}, for one kind or, with {@code RoomEvent.class}, for
 * all. Events are immutable and thread-safe.
 *
 * <p>Only the library implements this. It is not sealed, as later versions have further kinds of events: whoever tells them
 * apart needs a way for the others.
 */
public interface RoomEvent {}
