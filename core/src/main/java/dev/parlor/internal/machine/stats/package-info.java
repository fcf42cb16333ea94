/**
 * What a room counts. Whoever finds something to count adds it here; the engine makes of it what users read.
 */
@NullMarked
package dev.parlor.internal.machine.stats;

import org.jspecify.annotations.NullMarked;
