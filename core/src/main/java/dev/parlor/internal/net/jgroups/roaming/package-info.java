/**
 * TCP that listens at all interfaces and reaches each member where it was heard, follows when the network changes, and does not
 * stand still for who is gone. What every server of connections needs against strangers is here as well, for failure detection too. It knows nothing of discovery, which tells it where members are heard, nor of seals.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.roaming;

import org.jspecify.annotations.NullMarked;
