package dev.parlor.internal.net.jgroups.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortPairTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private PortPair opened(List<Integer> candidates, boolean otherwiseAny) throws IOException {
        PortPair pair = PortPair.open(HERE, candidates, otherwiseAny);
        open.add(pair.datagrams());
        return pair;
    }

    private int takenByTcp() throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, HERE);
        open.add(socket);
        return socket.getLocalPort();
    }

    private int takenByUdp() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, HERE);
        open.add(socket);
        return socket.getLocalPort();
    }

    @Test
    void theFirstThatIsFreeForBoth() throws Exception {
        int free = opened(List.of(), true).port();
        open.remove(0).close();
        assertThat(opened(List.of(takenByTcp(), takenByUdp(), free), false).port()).isEqualTo(free);
    }

    @Test
    void whoHasItKeepsOthersFromIt() throws Exception {
        PortPair one = opened(List.of(), true);
        PortPair other = opened(List.of(one.port()), true);
        assertThat(other.port()).isNotEqualTo(one.port()).isPositive();
        assertThat(((InetSocketAddress) other.datagrams().getLocalAddress()).getPort()).isEqualTo(other.port());
    }

    @Test
    void itsTcpPortIsLeftForWhoListens() throws Exception {
        PortPair pair = opened(List.of(), true);
        try (ServerSocket listening = new ServerSocket(pair.port(), 1, HERE)) {
            assertThat(listening.isBound()).isTrue();
        }
    }

    @Test
    void noneIsFree() throws Exception {
        List<Integer> taken = List.of(takenByTcp(), takenByUdp());
        assertThatThrownBy(() -> opened(taken, false)).isInstanceOf(BindException.class).hasMessageContaining(taken.toString());
        assertThatThrownBy(() -> opened(List.of(), false)).isInstanceOf(BindException.class);
    }

    @Test
    void aPortThatIsTakenByOneAloneIsLeftAsItWas() throws Exception {
        int byTcp = takenByTcp();
        assertThatThrownBy(() -> opened(List.of(byTcp), false)).isInstanceOf(IOException.class);
        try (DatagramSocket free = new DatagramSocket(byTcp, HERE)) {
            assertThat(free.isBound()).as("its datagrams are given back").isTrue();
        }
    }
}
