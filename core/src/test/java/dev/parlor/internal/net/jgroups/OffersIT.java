package dev.parlor.internal.net.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network takes from a caller's thread, and that it never lets that wait. */
class OffersIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int FRAME_BYTES = 8 * 1024;
    /** Twice what flow control lets somebody send whom nobody gives credits back. */
    private static final int MANY = 2 * 1024 * 1024 / FRAME_BYTES;

    private final Members members = new Members();
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch reads = new CountDownLatch(1);

    @AfterEach
    void close() {
        reads.countDown();
        members.close();
    }

    private static byte[] frame(int number) {
        return ByteBuffer.allocate(FRAME_BYTES).putInt(number).array();
    }

    private void hear(byte[] frame) {
        try {
            reads.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        heard.add(ByteBuffer.wrap(frame).getInt());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "open sesame")
    @Timeout(60)
    void whatIsRefusedIsNotSentAndWhatIsTakenArrivesOnceAndInOrder(String passphrase) throws Network.NetworkException {
        JGroupsNetwork sender = members.join(1, passphrase);
        members.join(2, passphrase, this::hear);
        await().atMost(SOON).until(members::allSeeAll);
        assertThat(sender.takesOffers()).isTrue();
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            if (sender.offerToAll(frame(i))) {
                taken.add(i);
            }
        }
        assertThat(taken).as("what a receiver that stands still lets pass").hasSizeBetween(1, MANY - 1);
        reads.countDown();
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(taken.size()));
        await().atMost(SOON).until(() -> sender.offerToAll(frame(MANY)));
        taken.add(MANY);
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).hasSizeGreaterThanOrEqualTo(taken.size()));
        assertThat(heard).isEqualTo(taken);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "open sesame")
    void anInterruptedThreadSendsAndStaysInterrupted(String passphrase) throws Network.NetworkException {
        JGroupsNetwork sender = members.join(1, passphrase);
        members.join(2, passphrase, this::hear);
        await().atMost(SOON).until(members::allSeeAll);
        reads.countDown();
        Thread.currentThread().interrupt();
        boolean taken = sender.offerToAll(frame(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(taken).isTrue();
        assertThat(sender.offerToAll(frame(2))).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(1, 2));
    }

    @Test
    void aNetworkThatMayHaveToWaitTakesNone() throws Network.NetworkException {
        try (Members others = new Members(new NetworkOptions.Reach.Stack("classpath:parlor-stacks/in-jvm.xml"))) {
            JGroupsNetwork sender = others.join(1, null);
            others.join(2, null, this::hear);
            await().atMost(SOON).until(others::allSeeAll);
            assertThat(sender.takesOffers()).isFalse();
            assertThat(sender.offerToAll(frame(1))).isFalse();
        }
        assertThat(heard).isEmpty();
    }
}
