/**
 * The room's time, and the times of stamps that are made of it: how they run, are set and are bounded. The clocks come in from
 * outside; nothing here knows state, network or log. The room calls it, holding its lock; of the session data it knows how a
 * stamp's time is made up, and nothing else.
 */
@NullMarked
package dev.parlor.internal.time;

import org.jspecify.annotations.NullMarked;
