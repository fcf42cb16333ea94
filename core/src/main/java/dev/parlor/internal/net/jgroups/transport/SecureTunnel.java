package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.SealedLink;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import org.jgroups.Address;
import org.jgroups.Event;

/** A tunnel with every message sealed from end to end: routers see who sends how much to whom, and nothing of what. */
public final class SecureTunnel extends RoutedTunnel implements SecureTransport {
    @SuppressWarnings("NullAway.Init") // set before the start
    private SealedLink link;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Keyring keyring;

    @Override
    public void secure(Keyring keys, Strangers strangers) {
        this.keyring = keys;
        this.link = SecureTransport.link(this, this::post, keys, strangers);
    }

    @Override
    public void sendToAll(byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.sealToAll(data, offset, length);
        post(null, sealed, 0, sealed.length);
    }

    @Override
    protected void sendUnicast(Address dest, byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.seal(data, offset, length);
        post(dest, sealed, 0, sealed.length);
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
