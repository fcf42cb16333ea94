package dev.parlor.internal.net.jgroups.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Question and answer on a network with a delay, on which data comes all the time. */
class HandshakeTest {
    private static final long A_MILLI = 1_000_000L;
    private static final byte[] KEY = DatagramCipher.keyOf("open sesame".toCharArray(), "cave");

    /** A datagram under way. */
    private record Flying(long arrivesNanos, long order, Side to, Side from, byte[] sealed) {}

    /** One of the two. */
    private final class Side {
        private final PhysicalAddress address;
        private SealedLink link;
        private Side other;
        private int heard;
        private long posted;

        Side(int port) {
            this.address = new IpAddress(InetAddress.getLoopbackAddress(), port);
            start();
        }

        /** As a program that has just been started: under a salt of its own, knowing nobody. */
        void start() {
            link = new SealedLink(new Keyring("cave", KEY), new Strangers("parlor-cluster", () -> nanos),
                    (to, sealed) -> {
                        posted++;
                        fly(this, sealed);
                    }, () -> nanos);
            heard = 0;
        }

        void says() throws Exception {
            fly(this, link.seal(new byte[] {1}, 0, 1));
        }
    }

    private final Random random = SeededRandom.of(this);
    private final PriorityQueue<Flying> flying = new PriorityQueue<>(
            Comparator.comparingLong(Flying::arrivesNanos).thenComparingLong(Flying::order));
    private long nanos = 1_000 * A_MILLI;
    private long order;
    private long delayNanos;
    private long jitterNanos;
    private double loss;
    private final Side ada = new Side(1);
    private final Side bob = new Side(2);

    HandshakeTest() {
        ada.other = bob;
        bob.other = ada;
    }

    private void fly(Side from, byte[] sealed) {
        if (random.nextDouble() >= loss) {
            long jitter = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
            flying.add(new Flying(nanos + delayNanos + jitter, order++, from.other, from, sealed));
        }
    }

    /** Lets time pass, in which both say something so often; 0 for one that only listens. */
    private void pass(long millis, long adaEveryMillis, long bobEveryMillis) throws Exception {
        for (long i = 0; i < millis; i++) {
            if (adaEveryMillis > 0 && i % adaEveryMillis == 0) {
                ada.says();
            }
            if (bobEveryMillis > 0 && i % bobEveryMillis == 0) {
                bob.says();
            }
            nanos += A_MILLI;
            while (!flying.isEmpty() && flying.peek().arrivesNanos() <= nanos) {
                Flying next = flying.poll();
                if (next.to().link.open(next.from().address, next.sealed(), 0, next.sealed().length) != null) {
                    next.to().heard++;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5,10", "15,10", "30,1", "100,1", "150,5", "300,10", "300,1", "300,1000"})
    void endsWhateverTheDelayAndHoweverOftenBothTalk(long delayMillis, long everyMillis) throws Exception {
        delayNanos = delayMillis * A_MILLI;
        pass(6 * delayMillis + 2 * everyMillis + 50, everyMillis, everyMillis);
        assertThat(ada.heard).isPositive();
        assertThat(bob.heard).isPositive();
        assertThat(ada.posted + bob.posted).as("questions and answers").isLessThan(100);
    }

    @ParameterizedTest
    @CsvSource({"5", "30", "300"})
    void endsWhereOneOnlyListens(long delayMillis) throws Exception {
        delayNanos = delayMillis * A_MILLI;
        pass(6 * delayMillis + 50, 0, 5);
        assertThat(ada.heard).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"5,0", "60,100", "300,200"})
    void endsWithLossAndReordering(long delayMillis, long jitterMillis) throws Exception {
        delayNanos = delayMillis * A_MILLI;
        jitterNanos = jitterMillis * A_MILLI;
        loss = 0.3;
        pass(15_000, 10, 7);
        assertThat(ada.heard).isGreaterThan(500);
        assertThat(bob.heard).isGreaterThan(350);
    }

    @Test
    void endsAgainAfterOneSideWasStartedAnew() throws Exception {
        delayNanos = 100 * A_MILLI;
        pass(1_000, 10, 10);
        for (int i = 0; i < 3; i++) {
            bob.start();
            ada.heard = 0;
            pass(1_000, 10, 10);
            assertThat(ada.heard).isPositive();
            assertThat(bob.heard).isPositive();
        }
    }

    /** One way is dead for minutes, by a firewall, say: both ask in vain all the time. */
    @Test
    void endsOnceTheAnswersArriveHoweverLongTheyDidNot() throws Exception {
        delayNanos = 20 * A_MILLI;
        Side nowhere = new Side(3);
        nowhere.other = nowhere;
        ada.other = nowhere;
        pass(300_000, 10, 10);
        assertThat(ada.heard).isZero();
        assertThat(ada.posted).as("asked ever more seldom").isLessThan(5_000);
        ada.other = bob;
        pass(2_000, 10, 10);
        assertThat(ada.heard).isPositive();
        assertThat(bob.heard).isPositive();
    }

    /** An answer shows that its sender was there a moment ago, not an hour. */
    @Test
    void anAnswerThatWasHeldBackShowsNothing() throws Exception {
        bob.says();
        Flying said = flying.poll();
        assertThat(ada.link.open(bob.address, said.sealed(), 0, said.sealed().length)).isNull();
        Flying question = flying.poll();
        bob.link.open(ada.address, question.sealed(), 0, question.sealed().length);
        Flying answer = flying.poll();
        flying.clear();
        for (int i = 0; i < 30; i++) {
            nanos += 1_000 * A_MILLI;
            bob.says();
            Flying later = flying.poll();
            ada.link.open(bob.address, later.sealed(), 0, later.sealed().length);
            flying.clear();
        }
        ada.link.open(bob.address, answer.sealed(), 0, answer.sealed().length);
        bob.says();
        Flying data = flying.poll();
        assertThat(ada.link.open(bob.address, data.sealed(), 0, data.sealed().length)).isNull();
    }

    /** Of who does not answer any more: whoever has recorded it and sends it again and again. */
    @Test
    void recordedQuestionsAreAnsweredOnceEach() throws Exception {
        ada.says();
        Flying said = flying.poll();
        bob.link.open(ada.address, said.sealed(), 0, said.sealed().length);
        byte[] recorded = flying.poll().sealed();
        long before = ada.posted;
        for (int i = 0; i < 10_000; i++) {
            ada.link.open(bob.address, recorded, 0, recorded.length);
            if (i % 100 == 0) {
                nanos += 1_000 * A_MILLI;
            }
        }
        assertThat(ada.posted - before).isLessThanOrEqualTo(2);
    }
}
