/** The way of a late joiner from its first view to being in the room: ask who is there, get the state, miss nothing. */
@NullMarked
package dev.parlor.internal.machine.join;

import org.jspecify.annotations.NullMarked;
