/**
 * The network on JGroups: what a room calls to reach its group. This package and those below it are the only ones that know
 * JGroups. A room may call this package, and only where it chooses its network; the packages below are called from here.
 */
@NullMarked
package dev.parlor.internal.net.jgroups;

import org.jspecify.annotations.NullMarked;
