package dev.parlor.internal.net.jgroups.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.util.List;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.FlowControl;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.UFC;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credits that fit what a system grants, and with which nobody stands still. */
class SocketBuffersTest {
    private static final int FRAGMENT = 50_000;
    private static final int LARGE = 1_000_000;

    @ParameterizedTest
    @ValueSource(ints = {2_000, 60_000, 100_000, 200_000})
    void asLongAsNoCreditsAreGivenBackAFragmentCanBeSent(int asked) throws Exception {
        UDP transport = new UDP();
        List<FlowControl> flows = List.of(new MFC(), new UFC());
        flows.forEach(flow -> flow.setMaxCredits(LARGE));
        new ProtocolStack().addProtocols(transport, flows.get(0), flows.get(1), new FRAG2().setFragSize(FRAGMENT));
        try (DatagramSocket small = new DatagramSocket()) {
            small.setReceiveBufferSize(asked);
            SocketBuffers.fit(transport, small, null);
        }
        for (FlowControl flow : flows) {
            assertThat(flow.getMinCredits()).as("given back when no more are left").isGreaterThan(FRAGMENT);
            assertThat(flow.getMaxCredits()).isGreaterThanOrEqualTo(2 * FRAGMENT).isLessThan(LARGE).isGreaterThan(flow.getMinCredits());
        }
    }
}
