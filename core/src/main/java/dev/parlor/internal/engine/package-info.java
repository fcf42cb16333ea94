/**
 * The thin shell around the machine: it holds the lock of a room, applies one input at a time, and then sends, logs, sets timers
 * and completes what callers wait for. Everything that may block, or that calls the application, happens here and outside of
 * the lock. The door makes an engine; the facade hands to it what callers do.
 */
@NullMarked
package dev.parlor.internal.engine;

import org.jspecify.annotations.NullMarked;
