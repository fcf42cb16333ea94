/**
 * Where a room is on the network: the interface to bind to, the multicast address and ports that follow from a room's name, and
 * the port by which the programs of one machine find each other. It knows nothing of JGroups. All packages beside it may call it.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.address;

import org.jspecify.annotations.NullMarked;
