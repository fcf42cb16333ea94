package dev.parlor.internal.net.jgroups;

import java.io.DataInput;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.TCP;

/** TCP with every message sealed. */
public final class SecureTcp extends TCP implements SecureTransport {
    /** The longest message taken: a bundle of one fragment, its headers and the seal, with much to spare. */
    private static final int MAX_SEALED_BYTES = 1024 * 1024;

    private SealedLink link;

    @Override
    public void secure(DatagramCipher cipher, Strangers strangers) {
        this.link = SecureTransport.link(this, super::sendUnicast, cipher, strangers);
    }

    @Override
    public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length) throws Exception {
        byte[] sealed = link.seal(data, offset, length);
        super.sendUnicast(dest, sealed, 0, sealed.length);
    }

    @Override
    public void receive(Address sender, byte[] data, int offset, int length) {
        byte[] opened = link.open((PhysicalAddress) sender, data, offset, length);
        if (opened != null) {
            super.receive(sender, opened, 0, opened.length);
        }
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        if (length < 0 || length > MAX_SEALED_BYTES) {
            throw new java.io.IOException("a message of " + length + " bytes, the limit is " + MAX_SEALED_BYTES);
        }
        byte[] sealed = new byte[length];
        in.readFully(sealed);
        receive(sender, sealed, 0, length);
    }
}
