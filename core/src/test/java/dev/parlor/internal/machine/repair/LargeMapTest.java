package dev.parlor.internal.machine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A map so large that repairs go over it in steps between which others have the room's lock. */
class LargeMapTest {
    private static final long BEN = 3;
    private static final int KEYS = 2 * Sweep.STEP + 1;

    private final LoneRoom room = new LoneRoom();

    LargeMapTest() {
        for (int i = 0; i < KEYS; i++) {
            room.room().sessionData().put("k" + i, i);
        }
        room.takeSent();
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void whoAsksGetsAllOfIt() {
        room.members(BEN);
        room.takeSent();
        room.comes(BEN, false, 1, new Frame.SyncRequest(1, new long[Digest.BUCKETS], Stamp.ZERO));
        Set<String> keys = new HashSet<>();
        for (boolean last = false; !last;) {
            List<Frame.SyncChunk> chunks = sent(Frame.SyncChunk.class);
            assertThat(chunks).isNotEmpty();
            for (Frame.SyncChunk chunk : chunks) {
                chunk.delta().entries().forEach(entry -> assertThat(keys.add(entry.key())).isTrue());
                last = chunk.last();
                room.comes(BEN, false, 1, new Frame.SyncAck(chunk.round(), chunk.index()));
            }
        }
        assertThat(keys).hasSize(KEYS);
    }

    @Test
    void whatThePeerLacksGoesToAll() {
        room.membersAfter(BEN);
        room.takeSent();
        announces(1);
        room.pass(1_000);
        long round = onlyRound();
        room.comes(BEN, false, 1, new Frame.SyncChunk(round, 0, true, 0, StateDelta.of(List.of()), Map.of(), Map.of(BEN, 1L),
                IntStream.range(0, Digest.BUCKETS).toArray()));
        room.pass(1_000);
        assertThat(sent(Frame.Update.class).stream().flatMap(update -> update.delta().entries().stream()).map(KeyedValue::key))
                .hasSize(KEYS).doesNotHaveDuplicates();
    }

    @Test
    void theOtherSideHearsHowFarItGoesWhenAllOfItHasLeft() {
        room.meets(List.of(BEN, LoneRoom.SELF), List.of(List.of(BEN), List.of(LoneRoom.SELF)));
        room.comes(BEN, false, 0, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("hi")),
                room.nowMillis(), room.nowMillis(), -1));
        room.pass(100);
        long round = onlyRound();
        int lacking = Digest.bucketOf("k0");
        room.slow(true);
        room.comes(BEN, false, 0, new Frame.SyncChunk(round, 0, true, 0, StateDelta.of(List.of()), Map.of(), Map.of(), new int[] {lacking}));
        assertThat(room.isSpreading()).as("while it is being looked for").isTrue();
        room.pass(10_000);
        room.slow(false);
        room.pass(1_000);
        assertThat(room.isSpreading()).isFalse();
        List<Frame> left = room.takeSent().stream().map(LoneRoom.Sent::frame).toList();
        Set<String> before = new HashSet<>();
        for (Frame frame : left) {
            if (frame instanceof Frame.Replaced) {
                break;
            }
            if (frame instanceof Frame.Update update) {
                update.delta().entries().forEach(entry -> before.add(entry.key()));
            }
        }
        assertThat(left).hasAtLeastOneElementOfType(Frame.Replaced.class);
        assertThat(before).containsExactlyInAnyOrderElementsOf(IntStream.range(0, KEYS).mapToObj(i -> "k" + i)
                .filter(key -> Digest.bucketOf(key) == lacking).toList());
    }

    private long onlyRound() {
        List<Frame.SyncRequest> requests = sent(Frame.SyncRequest.class);
        assertThat(requests).extracting(Frame.SyncRequest::round).containsOnly(requests.get(0).round());
        return requests.get(0).round();
    }

    private void announces(long root) {
        room.comes(BEN, true, 1, new Frame.Announce(root, Map.of(BEN, 1L), Map.of(), room.nowMillis(), false));
    }

    private <F extends Frame> List<F> sent(Class<F> kind) {
        return room.takeSent().stream().map(LoneRoom.Sent::frame).filter(kind::isInstance).map(kind::cast).toList();
    }
}
