package dev.parlor.dnssd;

import java.io.IOException;
import java.net.InetAddress;
import javax.jmdns.impl.DNSOutgoing;
import javax.jmdns.impl.JmDNSImpl;

/**
 * JmDNS that outlives an interface which is down. Where something cannot be sent, JmDNS closes its socket and opens it again on threads of
 * its own, logs all of that at level WARN, and keeps three threads for ever if that does not succeed either, as when the address is
 * gone. Here what cannot be sent is lost, as it may be on the way, and whoever uses it opens another one if it broke down.
 */
final class SteadyDns extends JmDNSImpl {
    private volatile boolean broken;

    SteadyDns(InetAddress address, String name) throws IOException {
        super(address, name);
    }

    @Override
    public void send(DNSOutgoing out) {
        try {
            super.send(out);
        } catch (IOException e) {
            // The interface is down, or the address is gone; this is closed then.
        }
    }

    /** Called by JmDNS when it can no longer receive, or a task of it has failed. */
    @Override
    public void recover() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }
}
