package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.roaming.RoamingTcp;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.SealedLink;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.io.DataInput;
import java.net.SocketException;
import java.util.Arrays;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.PhysicalAddress;
import org.jspecify.annotations.Nullable;

/** TCP with every message sealed. */
public final class SecureTcp extends RoamingTcp implements SecureTransport {
    /** The longest message taken: a bundle of one fragment, its headers and the seal, with much to spare. */
    private static final int MAX_SEALED_BYTES = 1024 * 1024;
    /** What is read at first: most messages are shorter. */
    private static final int FIRST_BYTES = 64 * 1024;

    @SuppressWarnings("NullAway.Init") // set before the start
    private SealedLink link;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Keyring keyring;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Strangers strangers;

    @Override
    public void secure(Keyring keys, Strangers counted) {
        this.strangers = counted;
        this.keyring = keys;
        this.link = SecureTransport.link(this, this::answer, keys, counted);
    }

    /** On the connection on which was asked; never on one of our own to who asked. */
    private void answer(Address to, byte[] sealed, int offset, int length) throws Exception {
        if (srv.hasConnection(to)) {
            postPlain((PhysicalAddress) to, sealed, offset, length);
            if (DatagramCipher.isAnswer(sealed, offset, length)) {
                // What was said before that was not taken.
                byte[] hello = sealed(hello());
                postPlain((PhysicalAddress) to, hello, 0, hello.length);
            }
        }
    }

    @Override
    protected byte[] sealed(byte[] data) throws Exception {
        return link.seal(data, 0, data.length);
    }

    @Override
    protected void post(PhysicalAddress to, byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.seal(data, offset, length);
        postPlain(to, sealed, 0, sealed.length);
    }

    @Override
    public Object down(Event event) {
        Object result = super.down(event);
        SecureTransport.passed(event, keyring, link);
        return result;
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        byte @Nullable [] opened = link.open(sender, data, offset, length);
        if (opened != null) {
            taken(sender);
            super.receive(sender, opened, 0, opened.length);
        }
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        if (length < 0 || length > MAX_SEALED_BYTES) {
            strangers.met(false, new byte[0], 0, 0);
            // Of all exceptions it is this one that ends the connection and is not logged.
            throw new SocketException("a message of " + length + " bytes, the limit is " + MAX_SEALED_BYTES);
        }
        talk().begins(sender);
        byte[] sealed = new byte[0];
        while (sealed.length < length) {
            // As it comes: the length is anybody's word.
            int before = sealed.length;
            sealed = Arrays.copyOf(sealed, Math.min(length, Math.max(FIRST_BYTES, 2 * before)));
            in.readFully(sealed, before, sealed.length - before);
        }
        receive(sender, sealed, 0, length);
    }
}
