/**
 * The session data of one replica: a lattice of stamped entries. Pure state, JDK only: knows no thread, no clock, no
 * network, no log. Who changes it holds the room's lock; reads take none.
 */
@NullMarked
package dev.parlor.internal.session;

import org.jspecify.annotations.NullMarked;
