/**
 * A room as a state machine without I/O: inputs in, outputs out. {@code RoomMachine} dispatches the inputs to the packages
 * below, one story each; they change the state and put what follows into the outbox, the events and the effects. Only the
 * engine calls it, under the room's lock; it knows no lock, thread, logger or network.
 */
@NullMarked
package dev.parlor.internal.machine;

import org.jspecify.annotations.NullMarked;
