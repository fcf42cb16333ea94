/**
 * How signals leave: the newest of each type waits, and is sent in turns of their own, beside everything else. Only the engine calls
 * it. It knows neither the room's lock nor what is numbered, repaired or confirmed.
 */
@NullMarked
package dev.parlor.internal.signal;

import org.jspecify.annotations.NullMarked;
