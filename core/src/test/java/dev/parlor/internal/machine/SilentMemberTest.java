package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Warning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A member of the cluster that never says who it is: another program that uses its name, or one that hangs and is not noticed.
 * It takes part in nothing, so nobody may wait for it or go by it.
 */
class SilentMemberTest {
    private static final Duration RETENTION = Duration.ofSeconds(5);
    /** Longer than somebody is asked who it is before it is left out, and than a join waits for it. */
    private static final long ASKED_MILLIS = 15_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final MachineWorld world = new MachineWorld(1);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(MachinePeer peer, String key, String value) {
        peer.input(() -> peer.machine.writes().apply(key, value == null ? null : bytes(value)));
    }

    private static String at(MachinePeer peer, String key) {
        var held = peer.machine.state().session().liveEntry(key);
        return held == null ? null : new String(held.bytes(), StandardCharsets.UTF_8);
    }

    private MachinePeer join(long id) {
        return world.join(new MachinePeer(id, world, world::millis, RETENTION));
    }

    /** Until all have asked it in vain. */
    private void leaveOut(long silent) {
        world.pass(ASKED_MILLIS);
        assertThat(world.peers).allMatch(peer -> peer.machine.state().isLeftOut(silent));
    }

    private void assertFlushes(MachinePeer peer) {
        boolean[] confirmed = new boolean[1];
        peer.confirm(PATIENCE_MILLIS, peer.machine.messaging().flushes()::begin, all -> confirmed[0] = all);
        world.pass(PATIENCE_MILLIS);
        assertThat(confirmed[0]).as("all confirmed in time").isTrue();
    }

    private static int present(MachinePeer peer) {
        return peer.machine.state().inJoiningOrder().size();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9})
    void holdsUpNeitherFlushNorCloseNorForgetting(long silent) {
        if (silent == 1) {
            world.enter(silent);
        }
        MachinePeer a = join(2);
        MachinePeer b = join(3);
        world.pass(ASKED_MILLIS);
        if (silent == 9) {
            world.enter(silent);
        }
        leaveOut(silent);
        assertThat(a.warnings).extracting(Warning::kind).contains(Warning.Kind.INTRUDER);
        for (int i = 0; i < 10; i++) {
            put(a, "k" + i, "v");
            put(b, "k" + i, null);
            put(a, "k" + i, null);
        }
        assertFlushes(a);
        assertFlushes(b);
        world.pass(60_000);
        assertThat(world.peers).allMatch(peer -> peer.machine.state().stats().compactions > 0);
        assertThat(present(a)).isEqualTo(2);
        boolean[] left = new boolean[1];
        b.leave(() -> left[0] = true);
        world.pass(1_000);
        assertThat(left[0]).isTrue();
        assertThat(present(a)).isEqualTo(1);
        world.gone(b);
        assertFlushes(a);
    }

    @Test
    void isNoCoordinatorThoughItCameFirst() {
        world.enter(1);
        MachinePeer a = join(2);
        MachinePeer b = join(3);
        leaveOut(1);
        world.loses = (from, to) -> from == 3;
        put(b, "lost", "b");
        put(a, "other", "a");
        world.pass(300);
        assertThat(at(a, "lost")).isNull();
        assertThat(at(b, "other")).isEqualTo("a");
        world.loses = (from, to) -> false;
        world.pass(20_000);
        assertThat(at(a, "lost")).isEqualTo("b");
        assertThat(world.peers).allMatch(peer -> peer.machine.standing().isInSync());
        assertFlushes(a);
        assertThat(a.machine.state().inJoiningOrder().get(0).id()).as("the host").isEqualTo(2);
    }

    @Test
    void severalWhoJoinAtOnceDoNotWaitForItForEver() {
        world.enter(1);
        world.enter(2);
        MachinePeer a = join(3);
        MachinePeer b = join(4);
        world.pass(2 * ASKED_MILLIS);
        assertThat(a.hasJoined() && b.hasJoined()).isTrue();
        put(a, "k", "v");
        assertFlushes(a);
        assertThat(at(b, "k")).isEqualTo("v");
    }

    @Test
    void doesNotHideWhatBothSidesOfAPartitionChanged() {
        world.enter(1);
        MachinePeer a = join(2);
        MachinePeer b = join(3);
        leaveOut(1);
        // It comes first in the part of either.
        for (long cut : new long[] {3, 2}) {
            b.merges.clear();
            world.cut(cut);
            world.pass(1_000);
            put(a, "k", "a, without " + cut);
            put(b, "k", "b, without " + cut);
            world.pass(1_000);
            world.heal();
            world.pass(20_000);
            assertThat(present(a)).isEqualTo(2);
            assertThat(b.merges).containsExactly(List.of("k"));
        }
    }

    @Test
    void isNoSideOfAMergeByItself() {
        world.enter(1);
        MachinePeer a = join(2);
        MachinePeer b = join(3);
        leaveOut(1);
        world.cut(1L);
        world.pass(1_000);
        world.heal();
        put(b, "k", "b");
        assertFlushes(b);
        assertThat(a.merges).isEmpty();
        assertThat(world.peers).noneMatch(peer -> peer.machine.repair().merges().isComparing()
                || peer.machine.repair().isSpreading());
    }

    /** It comes first in the view of a merge, and so is who the others are to be compared with, until it is left out. */
    @ParameterizedTest
    @ValueSource(longs = {5, 8})
    void isWaitedForByNoRoundOnceItIsLeftOut(long seed) {
        MachineWorld other = new MachineWorld(seed);
        MachinePeer a = other.join(new MachinePeer(2, other, other::millis, RETENTION));
        MachinePeer b = other.join(new MachinePeer(3, other, other::millis, RETENTION));
        other.pass(ASKED_MILLIS);
        other.enter(1);
        other.cut(1L);
        put(a, "k", "a");
        other.heal();
        assertThat(a.machine.state().isCoordinator(1)).as("with this seed").isTrue();
        put(b, "k", "b");
        while (!a.machine.state().isLeftOut(1) || !b.machine.state().isLeftOut(1)) {
            other.pass(100);
        }
        other.pass(3_000);
        assertThat(other.peers).allMatch(peer -> peer.machine.repair().inSync());
    }

    /** A participant that was stopped, or could not be heard, is one as soon as it says so. */
    @Test
    void isCountedAgainOnceItSpeaks() {
        MachinePeer a = join(2);
        world.pass(2_000);
        world.loses = (from, to) -> from == 3;
        MachinePeer b = join(3);
        world.pass(ASKED_MILLIS);
        assertThat(a.machine.state().isLeftOut(3)).isTrue();
        world.loses = (from, to) -> false;
        world.pass(ASKED_MILLIS);
        assertThat(b.hasJoined()).isTrue();
        assertThat(present(a)).isEqualTo(2);
        put(b, "k", "v");
        assertFlushes(b);
        assertThat(a.machine.state().isLeftOut(3)).isFalse();
        assertThat(at(a, "k")).isEqualTo("v");
    }
}
