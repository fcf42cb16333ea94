package dev.parlor.internal.net.jgroups.transport;

import dev.parlor.internal.log.Log;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.protocols.FlowControl;
import org.jgroups.protocols.Fragmentation;
import org.jgroups.protocols.UDP;
import org.jgroups.stack.Protocol;

/**
 * What the system grants a UDP transport to keep what comes until it is read. Credits of flow control beyond that are sent to be
 * lost: with the 208 KB that Linux grants as delivered and credits of 1 MB, bursts overrun the buffer and are sent again.
 */
final class SocketBuffers {
    /** Credits of all who send at once share the buffer, which counts what the system keeps beside the data as well. */
    private static final int CREDITS_PART = 3;
    /** With less, waiting for credits costs more than what is lost. */
    private static final int MIN_FRAGMENTS = 2;
    private static final int KIB = 1024;
    private static final Log LOG = Log.of(SocketBuffers.class);
    private static final AtomicBoolean HINTED = new AtomicBoolean();

    private SocketBuffers() {}

    /** Fits the credits to what these sockets were granted. Before the transport is connected. */
    static void fit(UDP transport, DatagramSocket... sockets) throws SocketException {
        int granted = Integer.MAX_VALUE;
        for (DatagramSocket each : sockets) {
            granted = each == null ? granted : Math.min(granted, each.getReceiveBufferSize());
        }
        long fragment = fragmentBytes(transport);
        long most = Math.max(MIN_FRAGMENTS * fragment, granted / CREDITS_PART);
        boolean small = false;
        for (Protocol each : transport.getProtocolStack().getProtocols()) {
            if (each instanceof FlowControl flow && flow.getMaxCredits() > most) {
                small = true;
                flow.setMaxCredits(most);
                // Fewer than a fragment and none is given back for what has come, and the next does not fit: who sends would stand still
                // until it asks, twice a second (JGRP-1659).
                flow.setMinCredits(Math.max(fragment, (long) (most * flow.getMinThreshold())));
            }
        }
        if (small && !HINTED.getAndSet(true)) {
            LOG.info("this system grants sockets {} KiB to receive, of {} KiB that are asked for: bursts are slower; on Linux "
                    + "sysctl -w net.core.rmem_max={} raises it", granted / KIB, transport.getMcastRecvBufSize() / KIB,
                    transport.getMcastRecvBufSize());
        }
    }

    /** More than is sent at a time. */
    private static int fragmentBytes(UDP transport) {
        Fragmentation above = transport.getProtocolStack().findProtocol(Fragmentation.class);
        return 1 + (above == null ? transport.getBundler().getMaxSize() : above.getFragSize());
    }
}
