/**
 * Failure detection by sockets: each member's connection to the next, and the server that accepts it and that anybody can connect
 * to. The stack creates it, and JGroups runs it. Nobody else calls it.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.detection;

import org.jspecify.annotations.NullMarked;
