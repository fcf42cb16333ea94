/**
 * The way from a change to its listeners: one ordered queue a room, on the executor of the room's events. Who listens is found by
 * key, prefix and class of event, and what is told is decoded when the first who hears it is called. Called by the
 * engine, the facade and the listeners' package, through {@link dev.parlor.internal.dispatch.Dispatcher}, whose other classes are its own.
 */
@NullMarked
package dev.parlor.internal.dispatch;

import org.jspecify.annotations.NullMarked;
