package dev.parlor.internal.net.jgroups.roaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.jgroups.JGroupsNetwork;
import dev.parlor.internal.net.jgroups.Members;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port at which a member of a room on networks listens: strangers who connect to it. */
class RoamingTcpIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 200;

    private final Members members = new Members(NetworkOptions.Reach.Networks.NONE.withHosts(List.of("127.0.0.1")));
    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        members.close();
        for (Socket each : open) {
            each.close();
        }
    }

    private static int port(JGroupsNetwork network) {
        return ((RoamingTcp) Members.transport(network)).port();
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "open sesame"})
    void whoeverConnectsCannotDisturbIt(String passphrase) throws Exception {
        String key = passphrase.isEmpty() ? null : passphrase;
        JGroupsNetwork one = members.join(1, key);
        JGroupsNetwork two = members.join(2, key);
        await().atMost(SOON).until(members::allSeeAll);
        List<Integer> viewsBefore = members.views().stream().map(List::size).toList();
        disturb(port(one), port(two));
        disturb(port(two), port(one));
        // A newcomer is still met, and its end noticed.
        members.join(3, key);
        await().atMost(SOON).until(members::allSeeAll);
        members.leaveLast();
        await().atMost(SOON).until(() -> members.lastOf(0).size() == 2 && members.lastOf(1).size() == 2);
        assertThat(members.views()).extracting(List::size).as("views: one for who came, one for who left")
                .containsExactlyElementsOf(viewsBefore.stream().map(each -> each + 2).toList());
    }

    /** Connects to a member's port in many ways, also in the name of the other. */
    private void disturb(int port, int other) throws IOException {
        IpAddress place = new IpAddress(InetAddress.getLoopbackAddress(), other);
        for (int i = 0; i < MANY; i++) {
            Socket socket = connect(port);
            try {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                switch (i % 7) {
                    case 0 -> out.writeInt(Integer.MAX_VALUE);
                    case 1 -> {
                        // What JGroups says first of itself, and believes where connections are shared.
                        out.writeBytes("bela");
                        out.writeShort(Version.version);
                        out.writeShort(place.serializedSize());
                        place.writeTo(out);
                    }
                    case 2 -> hello(out, place);
                    case 3 -> {
                        hello(out, place);
                        socket.close();
                    }
                    case 4 -> hello(out, new IpAddress(InetAddress.getLoopbackAddress(), 9));
                    case 5 -> {
                        out.writeInt(3);
                        out.writeBytes("PHx");
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

    private static void hello(DataOutputStream out, IpAddress given) throws IOException {
        out.writeInt(2 + given.serializedSize());
        out.writeBytes("PH");
        given.writeTo(out);
        out.flush();
    }

    /** Each costs a socket and a thread; a forged greeting is nothing that a room with a passphrase takes. */
    @Test
    void ofThoseWhoSayNothingThatIsTakenThereAreFew() throws Exception {
        JGroupsNetwork one = members.join(1, "open sesame");
        for (int i = 0; i < MANY; i++) {
            hello(new DataOutputStream(connect(port(one)).getOutputStream()), new IpAddress(InetAddress.getLoopbackAddress(), 9));
        }
        await().atMost(SOON).until(() -> open.stream().filter(RoamingTcpIT::isEnded).count() >= MANY - SilentConnections.MAX_SILENT);
        members.join(2, "open sesame");
        await().atMost(SOON).until(members::allSeeAll);
    }

    private static boolean isEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.isClosed() || socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException ended) {
            return true;
        }
    }
}
