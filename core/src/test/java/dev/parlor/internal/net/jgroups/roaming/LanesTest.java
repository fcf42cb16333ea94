package dev.parlor.internal.net.jgroups.roaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int SMALL = 100;

    private final PhysicalAddress ann = new IpAddress(InetAddress.getLoopbackAddress(), 1);
    private final PhysicalAddress bob = new IpAddress(InetAddress.getLoopbackAddress(), 2);
    private final List<Runnable> threads = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private long nanos;
    private int lost;
    private final Lanes lanes = new Lanes((to, data, offset, length) -> written.add(to + " " + data[offset]),
            () -> lost++, threads::add, () -> nanos);

    private void send(PhysicalAddress to, int first, int length, boolean connected) throws Exception {
        byte[] data = new byte[length + 3];
        data[2] = (byte) first;
        lanes.send(to, data, 2, length, connected);
        data[2] = -1;
    }

    @Test
    void aConnectionIsNotOpenedOnTheThreadThatSends() throws Exception {
        send(ann, 1, SMALL, false);
        assertThat(written).isEmpty();
        assertThat(lanes.waiting(ann)).isEqualTo(SMALL + 1);
        threads.remove(0).run();
        assertThat(written).as("though the data was another's meanwhile").containsExactly(ann + " 1");
        assertThat(lanes.waiting(ann)).isZero();
    }

    @Test
    void whatIsSurelyKeptIsWrittenAtOnceAndMoreIsNot() throws Exception {
        long here = Lanes.KEPT_BYTES / Lanes.PACKET_BYTES;
        for (int i = 0; i < here + 2; i++) {
            send(ann, i, SMALL, true);
        }
        assertThat(written).hasSize((int) here);
        assertThat(threads).as("one for all that is queued").hasSize(1);
        // To others all the same.
        send(bob, 7, SMALL, true);
        assertThat(written).endsWith(bob + " 7");
        threads.remove(0).run();
        assertThat(written).endsWith(ann + " " + here, ann + " " + (here + 1));
        send(ann, 9, SMALL, true);
        assertThat(threads).as("nothing is confirmed yet").hasSize(1);
        threads.remove(0).run();
        nanos += TimeUnit.HOURS.toNanos(1_000_000);
        send(ann, 10, SMALL, true);
        assertThat(threads).isEmpty();
        assertThat(written).endsWith(ann + " 10");
    }

    @Test
    void whatIsQueuedIsNotOvertaken() throws Exception {
        send(ann, 1, SMALL, false);
        send(ann, 2, SMALL, true);
        assertThat(written).isEmpty();
        threads.remove(0).run();
        assertThat(written).containsExactly(ann + " 1", ann + " 2");
    }

    @Test
    void whatNobodyTakesIsDroppedInTheEnd() throws Exception {
        int length = (int) (Lanes.MAX_QUEUED_BYTES / 4);
        for (int i = 0; i < 6; i++) {
            send(ann, i, length, true);
        }
        threads.remove(0).run();
        assertThat(written).containsExactly(ann + " 0", ann + " 1", ann + " 2", ann + " 3");
        assertThat(lost).as("told once").isEqualTo(1);
        send(ann, 6, length, true);
        assertThat(threads).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenHoldsUpNothing() throws Exception {
        boolean[] fails = {true};
        Lanes failing = new Lanes((to, data, offset, length) -> {
            written.add(to + " " + data[offset]);
            if (fails[0]) {
                throw new SocketException("on purpose");
            }
        }, () -> lost++, threads::add, () -> nanos);
        failing.send(ann, new byte[] {1}, 0, 1, false);
        failing.send(ann, new byte[] {2}, 0, 1, false);
        threads.remove(0).run();
        assertThat(written).containsExactly(ann + " 1", ann + " 2");
        assertThat(failing.waiting(ann)).isZero();
        assertThat(lost).as("while nothing can be written").isZero();
        fails[0] = false;
        failing.send(ann, new byte[] {3}, 0, 1, false);
        failing.send(ann, new byte[] {4}, 0, 1, false);
        threads.remove(0).run();
        assertThat(lost).as("told once, when something can").isEqualTo(1);
    }

    /** Whoever writes at once would wait otherwise for who writes what was queued, and may stand still. */
    @Test
    void whatIsSentWhileSomebodyWritesIsQueued() throws Exception {
        Lanes[] nested = new Lanes[1];
        nested[0] = new Lanes((to, data, offset, length) -> {
            written.add(to + " " + data[offset]);
            if (data[offset] == 1) {
                nested[0].send(ann, new byte[] {2}, 0, 1, true);
                assertThat(threads).isEmpty();
            }
        }, () -> lost++, threads::add, () -> nanos);
        nested[0].send(ann, new byte[] {1}, 0, 1, true);
        assertThat(written).containsExactly(ann + " 1");
        threads.remove(0).run();
        assertThat(written).containsExactly(ann + " 1", ann + " 2");
        assertThat(nested[0].waiting(ann)).isZero();
    }

    @Test
    void withoutAThreadNobodyStandsStillAndItIsSaidLaterThatSomethingWasLost() throws Exception {
        boolean[] full = {true};
        Lanes busy = new Lanes((to, data, offset, length) -> written.add(to + " " + data[offset]), () -> lost++, task -> {
            if (full[0]) {
                throw new RejectedExecutionException("on purpose");
            }
            task.run();
        }, () -> nanos);
        busy.send(ann, new byte[] {1}, 0, 1, false);
        assertThat(written).isEmpty();
        full[0] = false;
        busy.send(ann, new byte[] {2}, 0, 1, false);
        assertThat(written).containsExactly(ann + " 2");
        assertThat(lost).isEqualTo(1);
    }

    @Test
    void atTheEndNothingIsQueuedAnyMore() throws Exception {
        send(ann, 1, SMALL, false);
        lanes.finish(0);
        send(ann, 2, SMALL, false);
        threads.remove(0).run();
        assertThat(written).isEmpty();
    }

    @Test
    void whoIsNoMemberAnyMoreIsForgottenOnceNothingIsOnItsWay() throws Exception {
        send(ann, 1, (int) Lanes.KEPT_BYTES, true);
        lanes.retain(List.of());
        send(ann, 2, (int) Lanes.KEPT_BYTES, true);
        assertThat(written).as("of a new connection").containsExactly(ann + " 1", ann + " 2");
    }
}
