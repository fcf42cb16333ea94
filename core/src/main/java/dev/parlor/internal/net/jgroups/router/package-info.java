/**
 * The connections of a room to routers (JGroups' GossipRouter), through which its members reach each other: opened, watched and
 * opened again, and which of them a message goes by. It knows no keys: what it sends is sealed, or not, by the transport, which
 * alone calls it.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.router;

import org.jspecify.annotations.NullMarked;
