/**
 * The transports of JGroups that seal what they send and open what they receive, and the one in the clear that notices sealed
 * datagrams. What every server of connections needs against strangers is here as well, since failure detection has such a server.
 * The stack creates the transports; failure detection may use what servers share.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.transport;

import org.jspecify.annotations.NullMarked;
