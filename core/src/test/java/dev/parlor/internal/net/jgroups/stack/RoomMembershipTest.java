package dev.parlor.internal.net.jgroups.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomMembershipTest {
    private static final int JOIN_MILLIS = 300;
    private static final int ENOUGH_ATTEMPTS = 100;

    private final List<JChannel> channels = new ArrayList<>();

    /** Nobody notices by itself who is gone. */
    private JChannel channel(long address) throws Exception {
        GMS membership = new RoomMembership().setMaxJoinAttempts(ENOUGH_ATTEMPTS);
        membership.setJoinTimeout(JOIN_MILLIS).printLocalAddress(false);
        JChannel channel = new JChannel(new SHARED_LOOPBACK(), new SHARED_LOOPBACK_PING(), new NAKACK2(), new UNICAST3(), membership);
        channel.addAddressGenerator(() -> new UUID(0, address));
        channels.add(channel);
        return channel;
    }

    @AfterEach
    void close() {
        channels.forEach(JChannel::close);
    }

    @Test
    void nobodyBeginsARoomWhileThereIsOneWhoseFirstHasJustDied() throws Exception {
        JChannel first = channel(8);
        JChannel second = channel(9);
        first.connect("room");
        second.connect("room");
        assertThat(second.getView().getMembers()).hasSize(2);
        var gone = first.getAddress();
        Util.shutdown(first);

        // Its address is the lowest of all who answer.
        JChannel joiner = channel(1);
        SHARED_LOOPBACK_PING asking = joiner.getProtocolStack().findProtocol(SHARED_LOOPBACK_PING.class);
        CompletableFuture<Void> joined = CompletableFuture.runAsync(() -> {
            try {
                joiner.connect("room");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> asking.getNumberOfDiscoveryRequestsSent() > 2 || joined.isDone());
        assertThat(joined).as("there is nobody who could let it in").isNotDone();
        second.getProtocolStack().findProtocol(GMS.class).up(new Event(Event.SUSPECT, List.of(gone)));
        joined.get(30, TimeUnit.SECONDS);
        assertThat(joiner.getView().getMembers()).containsExactly(second.getAddress(), joiner.getAddress());
    }

    @Test
    void whoFindsNobodyOrOnlyOthersWhoJoinBeginsOne() throws Exception {
        JChannel alone = channel(3);
        alone.connect("room");
        assertThat(alone.getView().getMembers()).containsExactly(alone.getAddress());
        JChannel next = channel(2);
        next.connect("room");
        assertThat(next.getView().getMembers()).containsExactly(alone.getAddress(), next.getAddress());
    }
}
