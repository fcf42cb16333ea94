/**
 * How programs of a room find each other on networks that are not known beforehand: by multicast, broadcast, known hosts and shared
 * folders, all at once. It finds, and carries no data. The stack makes it; it tells the transport where members were heard.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.discovery;

import org.jspecify.annotations.NullMarked;
