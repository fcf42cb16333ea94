package dev.parlor.internal.net.jgroups.router;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketOption;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpBaseServer;
import org.jgroups.blocks.cs.TcpClient;
import org.jgroups.blocks.cs.TcpConnection;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * JGroups' client of TCP, with two things of its own: the thread that reads does not keep a program from ending; and what came is
 * confirmed at once. A router holds back a small message until the one before it is confirmed (Nagle's algorithm, which its
 * options cannot turn off), and systems hold back confirmations for 40 ms or more: a write and a word about it that everybody waits for
 * took 45 ms instead of one. Only Linux can be asked to confirm at once.
 */
final class RouterClient extends TcpClient {
    private static final String CONFIRM_AT_ONCE = "TCP_QUICKACK";

    private final ThreadFactory threads;

    RouterClient(@Nullable InetAddress from, IpAddress router, ThreadFactory threads) {
        super(from, 0, router.getIpAddress(), router.getPort(), false);
        this.threads = threads;
    }

    @Override
    protected TcpConnection createConnection(Address to) throws Exception {
        return new Reading(to, this);
    }

    /** Something was read; to be called after each message, since the system forgets that it was asked. */
    void confirm() {
        if (conn instanceof Reading reading) {
            reading.confirm();
        }
    }

    private final class Reading extends TcpConnection {
        private final @Nullable SocketOption<Boolean> confirmAtOnce;

        Reading(Address to, TcpBaseServer client) throws Exception {
            super(to, client);
            confirmAtOnce = option();
        }

        /** By name, since it is of a module that a Java runtime may be without. */
        @SuppressWarnings("unchecked") // the class was asked for
        private @Nullable SocketOption<Boolean> option() {
            return (SocketOption<Boolean>) sock.supportedOptions().stream()
                    .filter(each -> each.name().equals(CONFIRM_AT_ONCE) && each.type() == Boolean.class).findFirst().orElse(null);
        }

        @Override
        public void start() {
            receiver = new Receiver(threads).start();
        }

        void confirm() {
            if (confirmAtOnce != null) {
                try {
                    sock.setOption(confirmAtOnce, true);
                } catch (IOException | UnsupportedOperationException ended) {
                    // Of which the next read tells.
                }
            }
        }
    }
}
