/**
 * The transports of JGroups that seal what they send and open what they receive, and the one in the clear that notices sealed
 * datagrams. The stack creates them.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.transport;

import org.jspecify.annotations.NullMarked;
