package dev.parlor.internal.net.jgroups.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.jgroups.JGroupsNetwork;
import dev.parlor.internal.net.jgroups.Members;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Version;
import org.jgroups.View;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The socket by which an ended program is noticed: strangers who connect to it, and neighbours who do not answer. */
class DetectionIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int OFFSET = 100;

    private final Members members = new Members();

    @AfterEach
    void close() {
        members.close();
    }

    private static FD_SOCK2 detection(JGroupsNetwork network) {
        return Members.transport(network).getProtocolStack().findProtocol(SocketDetection.class);
    }

    private void awaitAllConnected() {
        await().atMost(SOON).until(() -> members.allSeeAll()
                && members.networks().stream().allMatch(each -> detection(each).getClientState().equals("CONNECTED")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "open sesame"})
    void whoeverConnectsCannotDisturbIt(String passphrase) throws Exception {
        String key = passphrase.isEmpty() ? null : passphrase;
        JGroupsNetwork one = members.join(1, key);
        JGroupsNetwork two = members.join(2, key);
        awaitAllConnected();
        List<Integer> viewsBefore = members.views().stream().map(List::size).toList();
        List<Socket> open = new ArrayList<>();
        disturb(detection(one).getActualBindPort(), detection(two).getActualBindPort(), open);
        disturb(detection(two).getActualBindPort(), detection(one).getActualBindPort(), open);
        assertThat(detection(one).getClientState()).isEqualTo("CONNECTED");
        assertThat(List.of(detection(one), detection(two))).as("who suspected somebody")
                .extracting(each -> each.getValue("num_suspect_events")).containsOnly(0);
        // A newcomer is still noticed, and its end, which the socket tells.
        members.join(3, key);
        awaitAllConnected();
        members.leaveLast();
        await().atMost(SOON).until(() -> members.lastOf(0).size() == 2);
        assertThat(members.views()).extracting(List::size).as("views: one for who came, one for who left")
                .containsExactlyElementsOf(viewsBefore.stream().map(each -> each + 2).toList());
        for (Socket each : open) {
            each.close();
        }
    }

    /** Connects to a member's port in many ways, also in the name of the other. */
    private static void disturb(int port, int other, List<Socket> open) {
        IpAddress place = new IpAddress(InetAddress.getLoopbackAddress(), other);
        for (int i = 0; i < 200; i++) {
            Socket socket = new Socket();
            open.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                switch (i % 4) {
                    case 0 -> { }
                    case 1 -> out.writeInt(Integer.MAX_VALUE);
                    case 2 -> {
                        // What JGroups says first of itself, and believes where connections are shared.
                        out.writeBytes("bela");
                        out.writeShort(Version.version);
                        out.writeShort(place.serializedSize());
                        place.writeTo(out);
                    }
                    default -> {
                        out.writeInt(40);
                        out.write(new byte[40]);
                    }
                }
            } catch (IOException closed) {
                // As it may be, where there are too many.
            }
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aNeighbourWhoDoesNotAnswerHoldsUpNobody() throws Exception {
        JGroupsNetwork one = members.join(1, null);
        await().atMost(SOON).until(() -> !members.lastOf(0).isEmpty());
        detection(one).setValue("connect_timeout", 60_000);
        Address self = Members.transport(one).getAddress();
        Address silent = new org.jgroups.util.UUID(7, 7);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Members.transport(one).down(new Event(Event.ADD_PHYSICAL_ADDRESS, new Tuple<>(silent,
                    new IpAddress(InetAddress.getLoopbackAddress(), server.getLocalPort() - OFFSET))));

            GMS membership = Members.transport(one).getProtocolStack().findProtocol(GMS.class);
            membership.installView(new View(self, 10, List.of(self, silent)));

            // It is waited for, elsewhere.
            try (Socket asked = server.accept()) {
                assertThat(asked.getInputStream().read()).isNotNegative();
            }
        }
    }
}
