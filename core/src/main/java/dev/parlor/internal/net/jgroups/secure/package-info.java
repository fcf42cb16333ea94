/**
 * Rooms with a passphrase: keys, the sealing and opening of datagrams, the handshake with a new sender, replayed datagrams, and
 * the counting of strangers. It works on bytes and sends nothing by itself. Transports and failure detection call it.
 */
@NullMarked
package dev.parlor.internal.net.jgroups.secure;

import org.jspecify.annotations.NullMarked;
