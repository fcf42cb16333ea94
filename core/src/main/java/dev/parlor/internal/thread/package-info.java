/**
 * Time and threads, as a room gets them from outside: clocks, executors and timers. The outermost classes choose the real ones,
 * tests give their own. Knows nothing of rooms.
 */
@NullMarked
package dev.parlor.internal.thread;

import org.jspecify.annotations.NullMarked;
