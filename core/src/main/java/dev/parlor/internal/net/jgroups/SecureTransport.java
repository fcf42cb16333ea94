package dev.parlor.internal.net.jgroups;

import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.TP;

/** A transport that encrypts and authenticates whatever it sends, and takes nothing else. */
interface SecureTransport {
    /** What to seal with, and who counts what is refused. Set once before the transport starts. */
    void secure(DatagramCipher cipher, Strangers strangers);

    /** How a transport sends bytes as they are. */
    interface Plain {
        void send(PhysicalAddress to, byte[] bytes, int offset, int length) throws Exception;
    }

    /** The link of a transport. Its questions and answers leave apart from the thread that receives, which must not wait. */
    static SealedLink link(TP transport, Plain plain, DatagramCipher cipher, Strangers strangers) {
        return new SealedLink(cipher, strangers, (to, sealed) -> transport.getThreadPool().execute(() -> {
            try {
                plain.send(to, sealed, 0, sealed.length);
            } catch (Exception e) {
                transport.getLog().debug("a question or answer to %s was not sent: %s", to, e.getMessage());
            }
        }), System::nanoTime);
    }
}
