/**
 * What waits for the listeners here, when senders are told to hold their messages back, and what is said of memory that runs
 * short. Messaging asks it; what is held back here stays in the outbox.
 */
@NullMarked
package dev.parlor.internal.machine.backpressure;

import org.jspecify.annotations.NullMarked;
