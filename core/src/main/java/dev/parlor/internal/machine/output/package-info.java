/**
 * What the machine may ask of the world outside, as interfaces that the engine implements: events, timers, promises, warnings.
 * Each call puts something in; nothing happens before the room's lock is given back.
 */
@NullMarked
package dev.parlor.internal.machine.output;

import org.jspecify.annotations.NullMarked;
