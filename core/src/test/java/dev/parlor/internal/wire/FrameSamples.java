package dev.parlor.internal.wire;

import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.Batch;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame.AppMessage;
import dev.parlor.internal.wire.Frame.Numbered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One frame of each kind, sent by participant 10, as docs/protocol.md shows them. */
public final class FrameSamples {
    public static final long SENDER = 10;
    private static final long TIME = 1_700_000_000_000L << Stamp.COUNTER_BITS;
    private static final long MILLIS = 1_700_000_000_000L;

    private FrameSamples() {}

    /** By what it shows. */
    public static Map<String, Numbered> all() {
        long[] buckets = new long[Digest.BUCKETS];
        buckets[1] = 0x0102030405060708L;
        VersionedValue value = VersionedValue.of(new Stamp(TIME, SENDER), new byte[] {3, 'h', 'i' + 0x80 - 0x100});
        VersionedValue ofOther = VersionedValue.of(new Stamp(TIME + 1, 11), new byte[] {1});
        VersionedValue removed = VersionedValue.tombstone(new Stamp(TIME + 2, SENDER));
        VersionedValue compacted = VersionedValue.of(new Stamp(TIME + 3, Stamp.HI, new Stamp(TIME, 11)), new byte[] {1});
        StateDelta state = new StateDelta(Stamp.ZERO, List.of(new KeyedValue("a", value), new KeyedValue("b", ofOther),
                new KeyedValue("c", removed), new KeyedValue("d", compacted)),
                List.of(new Batch(new Stamp(TIME, SENDER), List.of("a", "z"))));
        StateDelta none = new StateDelta(Stamp.ZERO, List.of());
        Map<String, Numbered> all = new LinkedHashMap<>();
        all.put("Update: one put", to(5, new Frame.Update(StateDelta.of(List.of(new KeyedValue("a", value))), 1, Map.of(), List.of())));
        all.put("Update: each form of an entry, a batch, directs", to(6, new Frame.Update(state, 1, Map.of(11L, 3L), List.of())));
        all.put("Update: a message after a clear", to(7, new Frame.Update(new StateDelta(new Stamp(TIME, SENDER), List.of()), 1, Map.of(),
                List.of(new AppMessage(AppMessage.Kind.MESSAGE, 0, new byte[] {1})))));
        all.put("Direct", to(7, new Frame.Direct(3, 1, List.of(new AppMessage(AppMessage.Kind.REQUEST, 9, new byte[] {1})))));
        all.put("WhoIsThere", to(1, new Frame.WhoIsThere()));
        all.put("Presence", to(2, new Frame.Presence(false, "Ada", MILLIS, new UserValue(1, new byte[] {1}), MILLIS + 5, MILLIS + 5, -1)));
        all.put("Goodbye", to(8, new Frame.Goodbye(4)));
        all.put("Announce", to(9, new Frame.Announce(0x1122334455667788L, Map.of(10L, 9L), Map.of(10L, 1L), MILLIS, false)));
        all.put("SyncRequest", to(1, new Frame.SyncRequest(1, buckets, Stamp.ZERO)));
        all.put("SyncChunk", to(9, new Frame.SyncChunk(1, 0, true, 0, none, Map.of(11L, "Ben"), Map.of(10L, 9L), new int[] {1, 1023})));
        all.put("SyncAck", to(1, new Frame.SyncAck(1, 0)));
        all.put("Pong", to(9, new Frame.Pong(4, 0)));
        all.put("Agree", to(9, new Frame.Agree(0x1122334455667788L)));
        all.put("Conflicts", to(9, new Frame.Conflicts(false, 1, List.of(new Frame.Conflict("a", value, removed)), 0)));
        all.put("CompactionProposal", to(9, new Frame.CompactionProposal(1, TIME, 2)));
        all.put("CompactionVote", to(9, new Frame.CompactionVote(1, true)));
        all.put("Compact", to(9, new Frame.Compact(TIME, 2)));
        all.put("ConflictsHeard", to(9, new Frame.ConflictsHeard(1)));
        all.put("Rekey", to(9, new Frame.Rekey(Frame.Rekey.Step.CONFIRM, 1, new byte[] {1, 2})));
        all.put("Backlog", to(9, new Frame.Backlog(true)));
        all.put("Replaced", to(9, new Frame.Replaced(false, 8, Stamp.ZERO, TIME, new long[] {10}, new long[0], new long[] {-1})));
        all.put("Signals", to(0, new Frame.Signals(List.of(new Frame.Signal(300, 0, new byte[] {1}), new Frame.Signal(301, 2, new byte[] {4, 5})))));
        return all;
    }

    private static Numbered to(long number, Frame frame) {
        return new Numbered(number, frame);
    }
}
