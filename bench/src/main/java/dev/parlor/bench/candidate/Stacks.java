package dev.parlor.bench.candidate;

import org.jgroups.JChannel;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.NoBundler;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.NAKACK2;

/**
 * The stack of whoever stands on JGroups: udp.xml as it comes with JGroups but for three settings, without which it
 * stalls for seconds at the end of a burst (the last packets are lost, and their number is repeated only once).
 */
final class Stacks {
    private static final long MAX_CREDITS = 1_000_000;
    private static final int XMIT_INTERVAL_MILLIS = 100;
    private static final int RESEND_LAST_SEQNO = 20;

    private Stacks() {}

    /** The same without a thread that bundles, and without one that delivers. */
    static JChannel direct(Place place) throws Exception {
        JChannel channel = udp(place);
        TP transport = channel.getProtocolStack().getTransport();
        transport.setBundler(new NoBundler());
        transport.setMessageProcessingPolicy("direct");
        return channel;
    }

    static JChannel udp(Place place) throws Exception {
        System.setProperty("jgroups.bind_addr", Place.BIND);
        System.setProperty("jgroups.udp.mcast_addr", place.multicast());
        System.setProperty("jgroups.udp.mcast_port", Integer.toString(place.port()));
        System.setProperty("jgroups.udp.ip_ttl", "0");
        JChannel channel = new JChannel("udp.xml");
        channel.getProtocolStack().<MFC>findProtocol(MFC.class).setMaxCredits(MAX_CREDITS);
        NAKACK2 multicast = channel.getProtocolStack().findProtocol(NAKACK2.class);
        multicast.setXmitInterval(XMIT_INTERVAL_MILLIS);
        multicast.setResendLastSeqnoMaxTimes(RESEND_LAST_SEQNO);
        return channel;
    }
}
