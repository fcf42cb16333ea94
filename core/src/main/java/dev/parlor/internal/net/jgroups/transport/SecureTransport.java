package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.SealedLink;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.protocols.TP;

/** A transport that encrypts and authenticates whatever it sends, and takes nothing else. */
public interface SecureTransport {
    /** What to seal with, and who counts what is refused. Set once before the transport starts. */
    void secure(Keyring keys, Strangers strangers);

    /** How a transport sends bytes as they are, to where something came from. */
    interface Plain {
        void send(Address to, byte[] bytes, int offset, int length) throws Exception;
    }

    /** Questions and answers that wait to be sent to one: what is left out is asked again. */
    int MAX_WAITING = 4;

    /**
     * The link of a transport. Its questions and answers leave apart from the thread that receives, which must not wait; one
     * at a time to each, since who does not read would hold up a thread with each.
     */
    static SealedLink link(TP transport, Plain plain, Keyring keys, Strangers strangers) {
        Map<Address, Queue<byte[]>> waiting = new ConcurrentHashMap<>();
        return new SealedLink(keys, strangers, (to, sealed) -> {
            AtomicBoolean idle = new AtomicBoolean();
            waiting.compute(to, (address, queue) -> {
                idle.set(queue == null);
                Queue<byte[]> open = queue == null ? new ArrayDeque<>(MAX_WAITING) : queue;
                if (open.size() < MAX_WAITING) {
                    open.add(sealed);
                }
                return open;
            });
            if (idle.get() && !transport.getThreadPool().execute(() -> drain(transport, plain, to, waiting))) {
                waiting.remove(to);
            }
        }, System::nanoTime);
    }

    /**
     * After an event has passed the transport. The sockets are opened while the key is still derived; before others are looked for,
     * who are given a certain time to answer, it must be there.
     */
    static void passed(Event event, Keyring keys, SealedLink link) {
        switch (event.getType()) {
            case Event.CONNECT, Event.CONNECT_WITH_STATE_TRANSFER -> keys.await();
            case Event.VIEW_CHANGE -> link.joined();
            default -> { }
        }
    }

    private static void drain(TP transport, Plain plain, Address to, Map<Address, Queue<byte[]>> waiting) {
        AtomicReference<byte[]> next = new AtomicReference<>();
        while (true) {
            waiting.computeIfPresent(to, (address, queue) -> {
                next.set(queue.poll());
                return next.get() == null ? null : queue;
            });
            if (next.get() == null) {
                return;
            }
            try {
                plain.send(to, next.get(), 0, next.get().length);
            } catch (Exception e) {
                transport.getLog().debug("a question or answer to %s was not sent: %s", to, e.getMessage());
            }
        }
    }
}
