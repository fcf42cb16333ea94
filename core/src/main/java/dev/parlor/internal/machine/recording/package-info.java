/**
 * Who hears what passes between a room and its network, for a recording of it: an interface that the testkit implements. The
 * machine and the engine tell it; it changes nothing.
 */
@NullMarked
package dev.parlor.internal.machine.recording;

import org.jspecify.annotations.NullMarked;
