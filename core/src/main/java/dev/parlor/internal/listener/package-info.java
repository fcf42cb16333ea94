/**
 * From what the machine tells to what listeners hear: values are decoded here, once and only if somebody asks, and what waits
 * is folded where it would grow without bound. The engine hands these to the machine as its sinks; they run on the thread of
 * the listeners, never under the room's lock.
 */
@NullMarked
package dev.parlor.internal.listener;

import org.jspecify.annotations.NullMarked;
