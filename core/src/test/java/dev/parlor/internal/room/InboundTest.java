package dev.parlor.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundTest {
    private final Inbound inbound = new Inbound();
    private final List<Long> delivered = new ArrayList<>();

    @Test
    void framesInOrderAreCoveredAndTheirMessagesDelivered() {
        for (long n = 1; n <= 3; n++) {
            assertThat(inbound.frameToAll(n, 0)).isZero();
            hold(n, n, 0);
        }
        assertDelivered(1, 2, 3);
        assertThat(inbound.hasGap()).isFalse();
    }

    @Test
    void aMessageAfterAGapWaitsForTheRepair() {
        inbound.frameToAll(1, 0);
        assertThat(inbound.frameToAll(4, 0)).as("missing").isEqualTo(2);
        hold(4, 4, 0);
        assertThat(inbound.frameToAll(5, 0)).isZero();
        hold(5, 5, 0);
        assertDelivered();
        assertThat(inbound.hasGap()).isTrue();
        inbound.cover(3);
        assertDelivered(4, 5);
        assertThat(inbound.covered()).isEqualTo(5);
        assertThat(inbound.hasGap()).isFalse();
    }

    @Test
    void aSecondGapIsClosedOnlyByWhatCoversBoth() {
        inbound.frameToAll(3, 0);
        inbound.frameToAll(6, 0);
        hold(6, 6, 0);
        inbound.cover(3);
        assertDelivered();
        assertThat(inbound.hasGap()).isTrue();
        inbound.cover(5);
        assertDelivered(6);
    }

    @Test
    void doubledFramesAreKnown() {
        inbound.frameToAll(1, 0);
        assertThat(inbound.frameToAll(1, 0)).isEqualTo(-1);
        inbound.frameToAll(5, 0);
        assertThat(inbound.frameToAll(5, 0)).isEqualTo(-1);
        assertThat(inbound.frameToUs(1)).isTrue();
        assertThat(inbound.frameToUs(1)).isFalse();
    }

    @Test
    void aMessageToUsWaitsForTheFramesToAllBeforeIt() {
        inbound.frameToAll(1, 0);
        inbound.frameToUs(1);
        hold(10, 2, 0);
        assertDelivered();
        inbound.frameToAll(2, 0);
        assertDelivered(10);
    }

    @Test
    void aMessageToAllWaitsForTheFramesToUsBeforeIt() {
        inbound.frameToAll(1, 0);
        hold(1, 1, 1);
        assertDelivered();
        inbound.frameToUs(1);
        assertDelivered(1);
    }

    @Test
    void givingUpDeliversWhatWasHeld() {
        inbound.frameToAll(9, 0);
        hold(9, 9, 3);
        inbound.giveUp();
        assertDelivered(9);
    }

    private void hold(long id, long afterNumber, long afterDirects) {
        inbound.hold(new AppMessage(AppMessage.Kind.MESSAGE, id, new byte[0]), false, afterNumber, afterDirects, 0);
    }

    private void assertDelivered(long... ids) {
        inbound.release(0, (message, direct) -> delivered.add(message.requestId()));
        assertThat(delivered.stream().mapToLong(Long::longValue).toArray()).isEqualTo(ids);
    }
}
