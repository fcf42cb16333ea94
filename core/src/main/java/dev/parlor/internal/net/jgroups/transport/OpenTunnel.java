package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import org.jgroups.Address;

/** A tunnel in the clear, which knows what comes from those who are in the same room with a passphrase, and tells of them. */
public final class OpenTunnel extends RoutedTunnel {
    @SuppressWarnings("NullAway.Init") // set before the start
    private byte[] head;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Strangers strangers;

    /**
     * How that begins which is sealed, and who counts it. Set once, before the start.
     *
     * @param sealedHead as {@link DatagramCipher#headOf} gives it
     */
    public void watch(byte[] sealedHead, Strangers counted) {
        this.head = sealedHead;
        this.strangers = counted;
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        if (DatagramCipher.startsWith(head, data, offset, length)) {
            strangers.met(true, data, offset, length);
        } else {
            super.receive(sender, data, offset, length);
        }
    }
}
