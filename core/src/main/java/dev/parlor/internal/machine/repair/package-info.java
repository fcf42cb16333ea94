/**
 * How replicas become equal when frames were missed: digests are announced and compared, gaps are found, rounds bring what is
 * lacking. A late joiner gets its state by the same rounds.
 */
@NullMarked
package dev.parlor.internal.machine.repair;

import org.jspecify.annotations.NullMarked;
