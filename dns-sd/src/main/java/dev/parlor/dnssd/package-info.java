/**
 * Discovery of rooms by DNS-SD over mDNS, with JmDNS. {@link dev.parlor.dnssd.DnsSd} is all there is to use; it is plugged into a
 * room by {@link dev.parlor.RoomBuilder#discovery}, and knows nothing of Parlor but its API.
 */
@NullMarked
package dev.parlor.dnssd;

import org.jspecify.annotations.NullMarked;
