/** The way from a change to its listeners: one ordered queue a room, on the executor of the room's events. */
package dev.parlor.internal.event;
