package dev.parlor.internal.machine.backpressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.MergeReport;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.Room;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStatus;
import dev.parlor.SessionData;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a room keeps in memory beside its data has a bound, is shown, and is warned of. */
class MemoryTest {
    private static final long BEN = 2;
    private static final long MEMORY_BYTES = 4L << 20;
    private final LoneRoom lone = new LoneRoom(MEMORY_BYTES);
    private final Room room = lone.room();
    private final List<Warning> warnings = new ArrayList<>();

    @AfterEach
    void close() {
        lone.close();
    }

    private void isThere(long id) {
        lone.members(id);
        lone.comes(id, true, 1, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, new UserValue(0, new byte[0]),
                LoneRoom.BEGIN_MILLIS, -1));
    }

    /** Comes in with user data, or has other user data. */
    private void says(long id, long version, String userData) {
        lone.comes(id, true, version, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS,
                new UserValue(version, SimPeer.encoded(userData)), LoneRoom.BEGIN_MILLIS, -1));
    }

    private static Frame put(String key, long time) {
        return new Frame.Update(new StateDelta(Stamp.ZERO, List.of(new KeyedValue(key, VersionedValue.of(new Stamp(time, BEN),
                SimPeer.encoded("of Ben"))))), 0, Map.of(), List.of());
    }

    @Test
    void atTheBoundOfRemovedKeysNewOnesAreRefusedAndNoneComesBack() {
        room.on(Warning.class, warnings::add);
        SessionData data = room.sessionData();
        data.put("lives", 0);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 100_000; i++) {
                data.put("key-" + i, i);
                data.remove("key-" + i);
                if (i % 1_000 == 0) {
                    lone.pass(1_000);
                }
            }
        }).isInstanceOf(PayloadTooLargeException.class).hasMessageContaining("removed keys")
                .hasMessageContaining("clear()").hasMessageContaining("memory(");
        assertThat(room.stats().memoryByUse().get("TOMBSTONES")).isBetween(MEMORY_BYTES / 8, MEMORY_BYTES / 2);
        assertThat(room.stats().memoryBytes()).isLessThanOrEqualTo(room.stats().memoryLimitBytes());
        assertThat(warnings).extracting(Warning::kind).containsOnlyOnce(Warning.Kind.MEMORY);
        assertThatThrownBy(() -> data.merge(Map.of("lives", 1, "new", 1))).isInstanceOf(PayloadTooLargeException.class);
        assertThatThrownBy(() -> data.remove("never seen")).isInstanceOf(PayloadTooLargeException.class);
        assertThat(data.get("lives")).contains(0);
        // What is here, what was removed, and what others write goes on.
        data.put("lives", 2);
        data.put("key-1", "again");
        data.remove("lives");
        isThere(BEN);
        lone.comes(BEN, true, 2, put("bens", LoneRoom.BEGIN_MILLIS << Stamp.COUNTER_BITS));
        lone.comes(BEN, true, 3, put("key-7", LoneRoom.BEGIN_MILLIS - 5 << Stamp.COUNTER_BITS));
        assertThat(data.snapshot()).containsOnlyKeys("key-1", "bens");
        data.replace(data.snapshot());
        data.put("new", 1);
        lone.comes(BEN, true, 4, put("key-8", LoneRoom.BEGIN_MILLIS - 5 << Stamp.COUNTER_BITS));
        assertThat(data.snapshot()).containsOnlyKeys("key-1", "bens", "new");
        assertThat(room.stats().memoryByUse()).containsEntry("TOMBSTONES", 0L);
    }

    @Test
    void whoGivesUpItsJoinIsNoLossThatKeepsRemovedKeysInMemory() {
        lone.members(BEN);
        lone.comes(BEN, true, 1, new Frame.WhoIsThere());
        lone.members();
        assertThat(lone.lossAgeMillis()).isNegative();
        isThere(BEN);
        lone.members();
        assertThat(lone.lossAgeMillis()).isNotNegative();
    }

    @Test
    void whatAMemberSentBeforeItWasMetByAMergeIsNotMissed() {
        lone.meets(BEN);
        lone.comes(BEN, true, 5_000, put("k", 1L << Stamp.COUNTER_BITS));
        assertThat(room.stats().framesMissed()).isZero();
        isThere(BEN);
        lone.comes(BEN, true, 5_003, put("k", 2L << Stamp.COUNTER_BITS));
        assertThat(room.stats().framesMissed()).isEqualTo(2);
    }

    @Test
    void messagesOfAFrameThatCannotBeMadeAreCountedAndWarnedOfAndTheOthersAreSent() {
        isThere(BEN);
        room.on(Warning.class, warnings::add);
        lone.takeSent();
        lone.failNext(1);
        room.send("lost");
        lone.pass(1_000);
        room.send("said");
        lone.pass(1_000);
        assertThat(room.stats().messagesDropped()).isEqualTo(1);
        assertThat(warnings).extracting(Warning::kind).containsExactly(Warning.Kind.MESSAGES_DROPPED);
        assertThat(saidToAll()).containsExactly("said");
    }

    @Test
    void messagesAfterStateThatCannotBeSentAreSentAndWaitForItsRepair() {
        isThere(BEN);
        room.sessionData().put("before", 0);
        lone.pass(1_000);
        long last = lone.lastNumber();
        lone.takeSent();
        lone.failNext(1);
        // One turn, in which the state comes first.
        room.on(Warning.class, warnings::add);
        room.sessionData().merge(Map.of("a", 1, "b", 2));
        room.send("after it");
        lone.pass(1_000);
        assertThat(saidToAll()).containsExactly("after it");
        assertThat(room.stats().messagesDropped()).isZero();
        assertThat(lone.lastNumber()).as("numbers that nobody gets make the others ask").isGreaterThan(last + 2);
    }

    private List<Object> saidToAll() {
        return lone.takeSent().stream().filter(sent -> sent.frame() instanceof Frame.Update)
                .flatMap(sent -> ((Frame.Update) sent.frame()).messages().stream())
                .map(message -> SimPeer.decoded(message.payload())).toList();
    }

    @Test
    void whoIsNamedTwiceIsToldOnce() {
        isThere(BEN);
        Participant ben = room.participants().get(1);
        lone.takeSent();
        room.send("hello", ben, ben);
        room.send("and again", ben, room.me(), ben);
        lone.pass(100);
        assertThat(lone.takeSent()).flatExtracting(sent -> sent.frame() instanceof Frame.Direct direct ? direct.messages()
                : List.of()).hasSize(2);
    }

    // ---- events that wait for listeners

    private static final long EVENTS_BYTES = MEMORY_BYTES / 16;
    private static final String USER_DATA = "x".repeat(10_000);

    private long eventsBytes() {
        return room.stats().memoryByUse().get("EVENTS");
    }

    @Test
    void whoComesAndGoesWhileAListenerStandsTakesNoMoreThanItsShareAndTheListenerKnowsAfterwardsWhoIsHere() {
        Map<ParticipantId, Object> known = new HashMap<>();
        List<RoomStatus> statuses = new ArrayList<>();
        isThere(BEN);
        known.put(new ParticipantId(BEN), null);
        room.on(RoomEvent.class, event -> {
            if (event instanceof ParticipantJoined joined) {
                assertThat(known).doesNotContainKey(joined.participant().id());
                known.put(joined.participant().id(), joined.participant().userData().orElse(null));
            } else if (event instanceof ParticipantUpdated updated) {
                assertThat(known).containsEntry(updated.participant().id(), updated.oldUserData().orElse(null));
                known.put(updated.participant().id(), updated.participant().userData().orElse(null));
            } else if (event instanceof ParticipantLeft left) {
                assertThat(known).containsKey(left.participant().id());
                known.remove(left.participant().id());
            } else if (event instanceof StatusChanged status) {
                statuses.add(status.newStatus());
            }
        });
        lone.pass(1_000);
        statuses.clear();
        lone.listenersStand(true);
        for (long id = 100; id < 1_100; id++) {
            lone.members(BEN, id);
            says(id, 1, USER_DATA);
            says(id, 2, USER_DATA + id);
            assertThat(eventsBytes()).isLessThan(EVENTS_BYTES + 4 * USER_DATA.length());
        }
        lone.members();
        lone.members(BEN, 100L, 50L);
        says(50, 1, "stays");
        says(100, 3, "is back");
        lone.pass(1_000);
        long dropped = room.stats().eventsDropped();
        assertThat(dropped).isGreaterThan(1_000);
        lone.listenersStand(false);
        assertThat(room.stats().listenerFailures()).isZero();
        Map<ParticipantId, Object> here = new HashMap<>();
        room.participants().stream().filter(each -> !each.local())
                .forEach(each -> here.put(each.id(), each.userData().orElse(null)));
        assertThat(known).isEqualTo(here).hasSize(2);
        assertThat(statuses.isEmpty() ? RoomStatus.LIVE : statuses.get(statuses.size() - 1)).isEqualTo(room.status());
        assertThat(eventsBytes()).isZero();
        says(50, 2, "goes on");
        assertThat(known).containsEntry(new ParticipantId(50), "goes on");
        assertThat(room.stats().eventsDropped()).isEqualTo(dropped);
    }

    @Test
    void warningsBeyondTheShareAreCountedAndOfMergesOnlyHowMuchTheyLostIsTold() {
        List<MergeReport> reports = new ArrayList<>();
        isThere(BEN);
        room.on(Warning.class, warnings::add);
        room.on(MergeReport.class, reports::add);
        lone.listenersStand(true);
        List<Frame.Conflict> conflicts = LongStream.range(0, 20).mapToObj(i -> new Frame.Conflict("key" + i,
                VersionedValue.of(new Stamp(1, BEN), SimPeer.encoded(USER_DATA)), VersionedValue.of(new Stamp(2, BEN),
                SimPeer.encoded("kept")))).toList();
        for (int i = 0; i < 10; i++) {
            lone.comes(BEN, true, 2 + i, new Frame.Conflicts(false, 1 + i, conflicts, 5));
        }
        assertThat(eventsBytes()).isLessThan(EVENTS_BYTES + USER_DATA.length());
        long before = room.stats().warnings();
        // Each second some of one name come in.
        for (long i = 0; i < 400; i++) {
            for (long id = 100; id < 105; id++) {
                lone.members(BEN, id);
                says(id, 1, "twin");
                lone.members(BEN);
            }
            lone.pass(2_000);
        }
        assertThat(eventsBytes()).isLessThan(EVENTS_BYTES + USER_DATA.length());
        assertThat(room.stats().eventsDropped()).isPositive();
        lone.listenersStand(false);
        assertThat(warnings).hasSizeLessThan((int) (room.stats().warnings() - before));
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).conflicts()).hasSize(20);
        assertThat(reports.get(1)).isEqualTo(new MergeReport(List.of(), 9 * 25));
        assertThat(eventsBytes()).isZero();
    }

    @Test
    void whoListensFromTheMidstOfAStandstillHearsAllThatComesAfter() {
        List<Object> early = new ArrayList<>();
        List<Object> late = new ArrayList<>();
        isThere(BEN);
        room.on(ParticipantUpdated.class, event -> early.add(event.participant().userData().orElse(null)));
        lone.listenersStand(true);
        says(BEN, 2, "one");
        says(BEN, 3, "two");
        room.on(ParticipantUpdated.class, event -> late.add(event.oldUserData().orElse(null) + ">"
                + event.participant().userData().orElse(null)));
        says(BEN, 4, "three");
        says(BEN, 5, "four");
        lone.listenersStand(false);
        assertThat(early).containsExactly("two", "four");
        assertThat(late).containsExactly("two>four");
    }
}
