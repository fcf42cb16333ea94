package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.SealedLink;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.UDP;

/** UDP with every datagram sealed: discovery, membership, failure detection and payload. */
public final class SecureUdp extends UDP implements SecureTransport {
    @SuppressWarnings("NullAway.Init") // set before the start
    private SealedLink link;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Keyring keyring;

    @Override
    public void secure(Keyring keys, Strangers strangers) {
        this.keyring = keys;
        this.link = SecureTransport.link(this,
                (to, bytes, offset, length) -> super.sendUnicast((PhysicalAddress) to, bytes, offset, length), keys, strangers);
    }

    @Override
    public void sendToAll(byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.sealToAll(data, offset, length);
        super.sendToAll(sealed, 0, sealed.length);
    }

    @Override
    public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.seal(data, offset, length);
        super.sendUnicast(dest, sealed, 0, sealed.length);
    }

    @Override
    public void start() throws Exception {
        super.start();
        SocketBuffers.fit(this, sock, mcast_sock);
    }

    @Override
    public Object down(Event event) {
        Object result = super.down(event);
        SecureTransport.passed(event, keyring, link);
        return result;
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        byte[] opened = link.open(sender, data, offset, length);
        if (opened != null) {
            super.receive(sender, opened, 0, opened.length);
        }
    }
}
