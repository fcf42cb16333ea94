package dev.parlor.internal.net.jgroups;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.TP;

/** A transport that encrypts and authenticates whatever it sends, and takes nothing else. */
interface SecureTransport {
    /** What to seal with, and who counts what is refused. Set once before the transport starts. */
    void secure(Keyring keys, Strangers strangers);

    /** How a transport sends bytes as they are. */
    interface Plain {
        void send(PhysicalAddress to, byte[] bytes, int offset, int length) throws Exception;
    }

    /**
     * The link of a transport. Its questions and answers leave apart from the thread that receives, which must not wait; one
     * at a time to each, since who does not read would hold up a thread with each. What is left out is asked again.
     */
    static SealedLink link(TP transport, Plain plain, Keyring keys, Strangers strangers) {
        Set<PhysicalAddress> busy = ConcurrentHashMap.newKeySet();
        return new SealedLink(keys, strangers, (to, sealed) -> {
            if (busy.add(to) && !transport.getThreadPool().execute(() -> {
                try {
                    plain.send(to, sealed, 0, sealed.length);
                } catch (Exception e) {
                    transport.getLog().debug("a question or answer to %s was not sent: %s", to, e.getMessage());
                } finally {
                    busy.remove(to);
                }
            })) {
                busy.remove(to);
            }
        }, System::nanoTime);
    }
}
