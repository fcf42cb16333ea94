package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UDP;

/** UDP in the clear, which knows the datagrams of those who are in the same room with a passphrase, and tells of them. */
public final class OpenUdp extends UDP {
    @SuppressWarnings("NullAway.Init") // set before the start
    private byte[] head;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Strangers strangers;

    /** Known to others as UDP. */
    public OpenUdp() {
        this.id = ClassConfigurator.getProtocolId(UDP.class);
    }

    /**
     * How the datagrams begin of those who have a passphrase, and who counts them. Set once, before the start.
     *
     * @param sealedHead as {@link DatagramCipher#headOf} gives it
     */
    public void watch(byte[] sealedHead, Strangers counted) {
        this.head = sealedHead;
        this.strangers = counted;
    }

    @Override
    public void start() throws Exception {
        super.start();
        SocketBuffers.fit(this, sock, mcast_sock);
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
