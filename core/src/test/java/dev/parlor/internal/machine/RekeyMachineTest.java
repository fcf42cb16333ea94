package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.RekeyException;
import dev.parlor.RekeyException.Reason;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.machine.rekey.Secrets;
import dev.parlor.internal.net.Network;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A passphrase is changed by machines alone: used by all or none, whoever is thrown out or lost meanwhile. */
class RekeyMachineTest {
    private static final byte[] OLD = key("the first key");
    private static final byte[] NEW = key("the second key");
    /** Longer than confirmations are waited for, and what is on its way under the former key. */
    private static final long LONG_MILLIS = 15_000;
    private static final int SCHEDULES = 200;

    private MachineWorld world = new MachineWorld(21);
    private final Map<Long, Held> keys = new LinkedHashMap<>();

    private static byte[] key(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 32);
    }

    /** The keys of one network, which is not sealed here. */
    private static final class Held implements Network.Keys {
        private byte[] used = OLD;
        private byte[] second;
        private final List<byte[]> prepared = new ArrayList<>();

        @Override
        public byte[] derive(char[] passphrase) {
            throw new AssertionError("the engine does that");
        }

        @Override
        public byte[] used() {
            return used;
        }

        @Override
        public void prepare(byte[] key) {
            prepared.add(key);
        }

        @Override
        public void accept(byte[] key) {
            second = key;
        }

        @Override
        public void use(byte[] key) {
            if (Arrays.equals(second, key)) {
                second = used;
                used = key;
            }
        }

        @Override
        public void forget(byte[] key) {
            if (Arrays.equals(second, key)) {
                second = null;
            }
        }
    }

    /** How a change ends. */
    private static final class End implements Promise<Void> {
        private boolean succeeded;
        private Throwable why;

        @Override
        public void succeed(Void value) {
            succeeded = true;
        }

        @Override
        public void fail(Throwable cause) {
            why = cause;
        }

        @Override
        public String toString() {
            return succeeded ? "done" : String.valueOf(why);
        }
    }

    private MachinePeer join(long id) {
        Held held = new Held();
        keys.put(id, held);
        MachinePeer peer = world.join(new MachinePeer(id, world, world::millis, Duration.ofMinutes(1), held));
        world.pass(3_000);
        assertThat(peer.hasJoined()).isTrue();
        return peer;
    }

    private static End change(MachinePeer peer, byte[] key, Long... without) {
        End end = new End();
        peer.input(() -> peer.machine.rekeying().begin(key, Secrets.make(), Set.of(without), end));
        return end;
    }

    private void assertUsed(byte[] key, long... ids) {
        for (long id : ids) {
            assertThat(keys.get(id).used()).as("the key of %d", id).isEqualTo(key);
        }
    }

    @Test
    void allFollowAndTheFormerKeyIsForgotten() {
        MachinePeer ada = join(1);
        join(2);
        join(3);
        End end = change(ada, NEW);
        world.pass(LONG_MILLIS);
        assertThat(end.succeeded).isTrue();
        assertUsed(NEW, 1, 2, 3);
        assertThat(keys.values()).allSatisfy(each -> assertThat(each.second).isNull());
        assertThat(keys.get(2L).prepared).as("made before the lock is taken").isNotEmpty();
    }

    @Test
    void whoIsThrownOutKeepsTheOldKeyAndIsExpelled() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        join(3);
        End end = change(ada, NEW, 3L);
        world.pass(LONG_MILLIS);
        assertThat(end.succeeded).isTrue();
        assertUsed(NEW, 1, 2);
        assertUsed(OLD, 3);
        assertThat(ada.expelled).contains(3L);
        assertThat(ada.machine.state().presentOf(3)).isNull();
        assertThat(ben.machine.state().presentOf(3)).isNull();
    }

    @Test
    void withoutAllConfirmationsNothingChanges() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        world.lossPercent = 100;
        End end = change(ada, NEW);
        world.pass(LONG_MILLIS);
        assertThat(end.why).isInstanceOfSatisfying(RekeyException.class, why -> {
            assertThat(why.reason()).isEqualTo(Reason.NOT_CONFIRMED);
            assertThat(why).hasMessageContaining("p2");
        });
        assertUsed(OLD, 1, 2);
        assertThat(keys.get(1L).second).isNull();
        world.lossPercent = 0;
        End again = change(ben, NEW);
        world.pass(LONG_MILLIS);
        assertThat(again.succeeded).isTrue();
        assertUsed(NEW, 1, 2);
    }

    @Test
    void ofTwoAtOnceTheOneWithTheSmallerIdDoes() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        join(3);
        byte[] third = key("the third key");
        End bens = change(ben, third);
        End adas = change(ada, NEW);
        world.pass(LONG_MILLIS);
        assertThat(adas.succeeded).isTrue();
        assertThat(bens.why).isInstanceOfSatisfying(RekeyException.class,
                why -> assertThat(why.reason()).isEqualTo(Reason.OVERTAKEN));
        assertUsed(NEW, 1, 2, 3);
    }

    /** Who has taken the key of the other by then hears of the first one's change only once, and that too early. */
    @Test
    void whoHasConfirmedAnotherChangeFollowsTheFirstOnceThatIsGivenUp() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        join(3);
        byte[] third = key("the third key");
        world.loses = (from, to) -> from == 2 && to == 1;
        End bens = change(ben, third);
        world.pass(1_000);
        assertThat(keys.get(3L).second).as("confirmed").isEqualTo(third);
        world.loses = (from, to) -> false;
        End adas = change(ada, NEW);
        world.pass(LONG_MILLIS);
        assertThat(bens.why).isInstanceOfSatisfying(RekeyException.class,
                why -> assertThat(why.reason()).isEqualTo(Reason.OVERTAKEN));
        assertThat(adas.succeeded).isTrue();
        assertUsed(NEW, 1, 2, 3);
        assertThat(keys.values()).allSatisfy(each -> assertThat(each.second).isNull());
    }

    /** Its offer had reached all but one by then, which goes on with its own, and whose offer the others had turned down. */
    @Test
    void whoChangesItAndVanishesIsFollowedByNobodyAnyMore() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        join(3);
        join(4);
        world.loses = (from, to) -> from == 1 && to == 2 || to == 1;
        change(ada, NEW);
        world.pass(50);
        byte[] third = key("the third key");
        End bens = change(ben, third);
        world.pass(200);
        world.gone(ada);
        world.pass(LONG_MILLIS);
        assertThat(bens.succeeded).isTrue();
        assertUsed(third, 2, 3, 4);
    }

    @Test
    void whoChangesItAndLeavesIsFollowedByNobodyAnyMore() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        join(3);
        world.loses = (from, to) -> from == 1 && to == 2;
        End adas = change(ada, NEW);
        world.pass(1_000);
        assertThat(keys.get(3L).second).as("confirmed").isEqualTo(NEW);
        world.loses = (from, to) -> false;
        ada.leave(() -> world.gone(ada));
        world.pass(2_000);
        assertThat(adas.succeeded || adas.why != null).as("it ends when the room is closed").isFalse();
        byte[] third = key("the third key");
        End bens = change(ben, third);
        world.pass(LONG_MILLIS);
        assertThat(bens.succeeded).isTrue();
        assertUsed(third, 2, 3);
    }

    @Test
    void whoeverBeginsWhenOneDoesAndAllHoldOneKey() {
        for (int after = 0; after < SCHEDULES; after++) {
            RekeyMachineTest one = new RekeyMachineTest();
            one.world = new MachineWorld(after);
            List<MachinePeer> peers = List.of(one.join(1), one.join(2), one.join(3), one.join(4));
            List<End> ends = new ArrayList<>();
            for (int i = peers.size() - 1; i >= 0; i--) {
                ends.add(change(peers.get(i), key("the key of " + i)));
                one.world.pass(one.world.random.nextInt(1 + after % 100));
            }
            one.world.pass(LONG_MILLIS);
            assertThat(ends).as("with seed %d", after).anyMatch(end -> end.succeeded);
            assertThat(ends).as("with seed %d", after).allMatch(end -> end.succeeded
                    || end.why instanceof RekeyException why && why.reason() == Reason.OVERTAKEN);
            one.assertUsed(one.keys.get(1L).used(), 2, 3, 4);
        }
    }

    @Test
    void aKnownKeyThrowsNobodyOut() {
        MachinePeer ada = join(1);
        MachinePeer ben = join(2);
        change(ada, NEW);
        world.pass(LONG_MILLIS);
        End back = change(ben, OLD, 1L);
        assertThat(back.why).isInstanceOfSatisfying(RekeyException.class,
                why -> assertThat(why.reason()).isEqualTo(Reason.KNOWN));
        End same = change(ben, NEW);
        assertThat(same.succeeded).isTrue();
        world.pass(LONG_MILLIS);
        assertUsed(NEW, 1, 2);
    }

    @Test
    void whoeverVanishesAmidItItIsUsedByAllWhoStayOrNone() {
        for (long after = 0; after < 400; after += 7) {
            RekeyMachineTest one = new RekeyMachineTest();
            MachinePeer ada = one.join(1);
            one.join(2);
            one.join(3);
            change(ada, NEW);
            one.world.pass(after);
            one.world.gone(ada);
            one.world.pass(60_000);
            assertThat(one.keys.get(2L).used()).as("after %d ms", after).isEqualTo(one.keys.get(3L).used());
        }
    }
}
