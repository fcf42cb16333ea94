package dev.parlor.internal.net.jgroups.detection;

import dev.parlor.internal.net.jgroups.secure.Keyring;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * FD_SOCK2, each member's socket to the next, by which a program that ends is noticed at once; with three things mended. It
 * connects apart from the thread that tells it to, which is often the one that receives: a neighbour who does not answer held
 * that one up for a second a port. It does not go on connecting after its end. And its server takes no more from
 * anybody than it needs ({@link DetectionServer}).
 */
public final class SocketDetection extends FD_SOCK2 {
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unmet = new AtomicInteger();
    private @Nullable Keyring keys;
    @SuppressWarnings("NullAway.Init") // set before the start
    private Strangers strangers;
    private volatile boolean stopped;

    /** Known to the stack of others as FD_SOCK2. */
    public SocketDetection() {
        this.id = ClassConfigurator.getProtocolId(FD_SOCK2.class);
    }

    /**
     * What to seal with, and who counts what is refused. Set once, before the start.
     *
     * @param key null for an open room
     */
    public void secure(@Nullable Keyring key, Strangers counted) {
        this.keys = key;
        this.strangers = counted;
    }

    @Override
    public void start() throws Exception {
        stopped = false;
        super.start();
    }

    @Override
    public void stop() {
        stopped = true;
        super.stop();
    }

    @Override
    protected DetectionServer createServer(int[] ports) {
        return DetectionServer.open(getThreadFactory(), getSocketFactory(), bind_addr, ports, keys, strangers);
    }

    @Override
    public void handle(Request request) {
        requests.add(request);
        if (unmet.getAndIncrement() == 0 && !getTransport().getThreadPool().execute(this::meet)) {
            getThreadFactory().newThread(this::meet, "detection").start();
        }
    }

    /** One after the other, as they came. */
    private void meet() {
        do {
            Request request = requests.remove();
            try {
                if (!stopped) {
                    super.handle(request);
                }
            } catch (Exception | Error e) {
                log.warn("%s: %s failed: %s", local_addr, request, e);
            }
        } while (unmet.decrementAndGet() > 0);
    }

    @Override
    protected boolean connectTo(IpAddress place, Address member) {
        if (stopped) {
            return false;
        }
        boolean connected = super.connectTo(place, member);
        if (stopped) {
            // It may have stopped meanwhile, and not have known of this one.
            srv.closeConnection(place);
        }
        return connected;
    }

    @Override
    protected void broadcastSuspectMessage(List<Address> suspects) {
        if (!stopped) {
            super.broadcastSuspectMessage(suspects);
        }
    }
}
