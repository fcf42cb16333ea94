/**
 * How a room is joined: the builder, the attempt, and what a room is joined in. The one place that chooses a real network,
 * clocks and threads. The API comes in here; nothing else in the library may call it.
 */
@NullMarked
package dev.parlor.internal.door;

import org.jspecify.annotations.NullMarked;
