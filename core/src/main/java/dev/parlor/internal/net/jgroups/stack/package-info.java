/**
 * The JGroups stack of a room: its XML with the room's address filled in, the protocols of Parlor in place of those of JGroups, and
 * the threads and the timer that the channels of all rooms share. The network creates one for each room. It may know the
 * transports and the failure detection, which do not know it.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.stack;

import org.jspecify.annotations.NullMarked;
