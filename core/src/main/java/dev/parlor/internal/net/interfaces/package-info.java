/**
 * The network interfaces of this machine, and which of them leads to the local network. It knows nothing of rooms and of JGroups.
 */
@NullMarked
package dev.parlor.internal.net.interfaces;

import org.jspecify.annotations.NullMarked;
