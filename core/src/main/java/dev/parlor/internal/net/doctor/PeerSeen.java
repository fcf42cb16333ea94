package dev.parlor.internal.net.doctor;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A program that was heard.
 *
 * @param state whether it is understood
 * @param detail what is known of a format that is not understood; else empty
 * @param at where it is asked and answered, as heard
 * @param onThisMachine whether that is this machine
 * @param links names of the interfaces on whose own networks it is; none behind a router
 * @param heard by which ways
 * @param multicasts whether it multicasts, as it says
 * @param clock how its clock differs, empty if it did not say
 * @param tcp whether its port takes connections
 */
public record PeerSeen(State state, String detail, List<InetSocketAddress> at, boolean onThisMachine, Set<String> links, Set<Heard> heard,
        boolean multicasts, Optional<Clock> clock, Tcp tcp) {
    /** Whether what it says is understood. */
    public enum State {
        /** It is in this room. */
        READABLE,
        /** It is in this room with another passphrase. */
        OTHER_PASSPHRASE,
        /** It is in this room without the passphrase that is used here. */
        NO_PASSPHRASE,
        /** It is in this room with a passphrase, and here none is used. */
        HAS_PASSPHRASE,
        /** It speaks another version. */
        OTHER_VERSION,
        /** What it sends is of no known kind. */
        UNREADABLE
    }

    /** A way by which something of it came. */
    public enum Heard {
        MULTICAST, BROADCAST, UNICAST, ANSWER_TO_MULTICAST, ANSWER_TO_BROADCAST, ANSWER_TO_UNICAST
    }

    /**
     * The clock of another.
     *
     * @param aheadMillis how far it is ahead of this machine's, in milliseconds
     * @param withinMillis how exactly that is known: half of a round trip
     */
    public record Clock(long aheadMillis, long withinMillis) {}

    public PeerSeen {
        at = List.copyOf(at);
        links = Set.copyOf(links);
        heard = Set.copyOf(heard);
    }

    /** Whether it answered any question. */
    public boolean answered() {
        return heard.contains(Heard.ANSWER_TO_MULTICAST) || heard.contains(Heard.ANSWER_TO_BROADCAST)
                || heard.contains(Heard.ANSWER_TO_UNICAST);
    }
}
