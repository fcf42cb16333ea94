/**
 * Indexes of keys by their prefix, sorted, for readers that take no lock. They know nothing of session data but keys, and which of
 * them live. Called by the replica, which tells of each change, and by {@code family}, which reads.
 */
@NullMarked
package dev.parlor.internal.index;

import org.jspecify.annotations.NullMarked;
