package dev.parlor.internal.net.jgroups.address;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Tells the programs of one machine whether another of them is in the room, without waiting: one of those present holds
 * a port on loopback that only one can hold. Discovery alone must guess by time whether nobody is there or somebody is
 * slow, and a guess too early would make a room of one's own beside the one that exists. Nothing is ever read from the
 * socket. If another program has the port by chance, joining takes longer and nothing else.
 */
public final class MachineGuard implements AutoCloseable {
    private final int port;
    private @Nullable DatagramSocket held;
    private boolean closed;

    public MachineGuard(int port) {
        this.port = port;
    }

    /** Holds the port, if nobody does; true if it is held here now. */
    public synchronized boolean tryHold() {
        if (held == null && !closed) {
            try {
                DatagramSocket socket = new DatagramSocket(null);
                try {
                    socket.setReuseAddress(false);
                    socket.bind(new InetSocketAddress(BindAddress.loopback(), port));
                    held = socket;
                } catch (IOException | RuntimeException taken) {
                    socket.close();
                }
            } catch (IOException noSocketAtAll) {
                return false;
            }
        }
        return held != null;
    }

    public synchronized boolean isHeld() {
        return held != null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (held != null) {
            held.close();
        }
    }
}
