/**
 * How much memory a room may use beside the data that it shares. Every queue of a room asks the one {@link
 * dev.parlor.internal.memory.Budget} before it grows. It knows no other package; the engine,
 * the machine, and the packages of events use it.
 */
@NullMarked
package dev.parlor.internal.memory;

import org.jspecify.annotations.NullMarked;
