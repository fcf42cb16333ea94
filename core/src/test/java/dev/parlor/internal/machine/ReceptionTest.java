package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessageReceived;
import dev.parlor.ParticipantId;
import dev.parlor.RoomStats;
import dev.parlor.SessionDataChanged;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Authorship;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a frame that should not have come: of another version, from nobody, out of turn, from who is gone. */
class ReceptionTest {
    private static final long BEN = 2;
    private static final long MALLORY = 3;
    private static final long NOW = LoneRoom.BEGIN_MILLIS << Stamp.COUNTER_BITS;
    private static final StateDelta NOTHING = new StateDelta(Stamp.ZERO, List.of(), List.of());

    private final LoneRoom lone = new LoneRoom();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Object> heard = new ArrayList<>();

    @BeforeEach
    void listen() {
        lone.room().on(Warning.class, warnings::add);
        lone.room().on(MessageReceived.class, event -> heard.add(event.payload()));
        lone.room().on(SessionDataChanged.class, heard::add);
        lone.members(BEN);
        lone.comes(BEN, true, 1, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS,
                new UserValue(1, SimPeer.encoded("hi")), LoneRoom.BEGIN_MILLIS, -1));
        assertThat(lone.room().participants()).hasSize(2);
    }

    @AfterEach
    void close() {
        lone.close();
    }

    private static Frame put(String key, Object value, long author) {
        return new Frame.Update(new StateDelta(Stamp.ZERO, List.of(new StateDelta.KeyedValue(key,
                VersionedValue.of(NOW, Authorship.of(author, 0), SimPeer.encoded(value)))), List.of()), 1, Map.of(), List.of());
    }

    private static Frame say(String text) {
        return new Frame.Update(NOTHING, 1, Map.of(),
                List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, SimPeer.encoded(text))));
    }

    private long refused() {
        return lone.room().stats().framesRefused();
    }

    private void assertNothingHappened() {
        assertThat(heard).isEmpty();
        assertThat(lone.room().sessionData().snapshot()).isEmpty();
        assertThat(lone.room().participants()).extracting(each -> each.name()).containsExactlyInAnyOrder("lone", "Ben");
    }

    @Test
    void anotherVersionIsRefusedCountedAndWarnedOf() {
        byte[] frame = FrameCodec.encode(BEN, new Frame.Numbered(2, put("k", 1, BEN)));
        frame[1]++;
        lone.comes(BEN, true, frame);
        assertNothingHappened();
        assertThat(refused()).isEqualTo(1);
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Warning.Kind.UNDECODABLE_FRAME);
            assertThat(warning.message()).contains("Ben", "version 2", "same version of Parlor");
        });
        // What it missed is asked for, and the others are still heard.
        lone.comes(BEN, true, 3, say("hello"));
        assertThat(lone.room().stats().framesMissed()).isEqualTo(1);
    }

    @Test
    void aFloodOfBadFramesIsAFewWarnings() {
        for (int i = 0; i < 10_000; i++) {
            lone.comes(BEN, true, new byte[] {1, 2, 3});
        }
        assertNothingHappened();
        assertThat(refused()).isEqualTo(10_000);
        assertThat(warnings).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void whoIsNotInTheViewIsNotHeardUnlessTheViewFollows() {
        lone.comes(MALLORY, true, 1, put("k", 1, MALLORY));
        lone.comes(MALLORY, true, 2, say("boo"));
        lone.comes(MALLORY, false, 2, new Frame.Presence(false, "Mallory", 1, new UserValue(1, new byte[0]), 5, -1));
        assertNothingHappened();

        lone.members(BEN);
        lone.pass(1_000);
        assertNothingHappened();
        assertThat(refused()).as("forgotten with the view without its sender").isEqualTo(3);
    }

    @Test
    void whoFloodsFromOutsideTheViewIsHeldOnlySoFar() {
        for (int i = 1; i <= EarlyFrames.MAX_FRAMES + 100; i++) {
            lone.comes(MALLORY, true, i, say("boo"));
        }
        assertNothingHappened();
        assertThat(refused()).isEqualTo(100);
    }

    @Test
    void whoIsGoneIsNotHeardAnyMore() {
        lone.members();
        assertThat(lone.room().participants()).hasSize(1);
        lone.comes(BEN, true, 2, put("k", 1, BEN));
        lone.comes(BEN, true, 3, say("still here"));
        lone.comes(BEN, false, 3, new Frame.Goodbye(7));
        lone.pass(1_000);
        assertThat(heard).isEmpty();
        assertThat(lone.room().sessionData().snapshot()).isEmpty();
        assertThat(lone.room().participants()).hasSize(1);
    }

    @Test
    void whatComesTwiceIsTakenOnce() {
        byte[] frame = FrameCodec.encode(BEN, new Frame.Numbered(2, say("hello")));
        lone.comes(BEN, true, frame);
        lone.comes(BEN, true, frame);
        lone.comes(BEN, true, 1, say("from long ago"));
        assertThat(heard).containsExactly("hello");
    }

    @Test
    void whatComesAfterAGapWaitsUntilItIsRepaired() {
        lone.takeSent();
        lone.comes(BEN, true, 4, say("after the gap"));
        assertThat(heard).isEmpty();
        assertThat(lone.room().stats().framesMissed()).isEqualTo(2);
        lone.pass(2_000);
        assertThat(lone.takeSent()).filteredOn(each -> each.to() == BEN).extracting(LoneRoom.Sent::frame)
                .as("it is asked for").hasAtLeastOneElementOfType(Frame.SyncRequest.class);
    }

    @Test
    void answersThatNobodyAskedForChangeNothing() {
        lone.comes(BEN, false, 1, new Frame.SyncChunk(99, 0, true, 1, NOTHING, Map.of(), Map.of(BEN, 50L),
                new int[0]));
        lone.comes(BEN, false, 1, new Frame.SyncAck(99, 5));
        lone.comes(BEN, false, 1, new Frame.Pong(99, 0));
        lone.comes(BEN, false, 1, new Frame.ConflictsHeard(99));
        lone.comes(BEN, false, 1, new Frame.Agree(99));
        lone.comes(BEN, false, 1, new Frame.CompactionVote(99, true));
        assertNothingHappened();
        lone.comes(BEN, true, 2, say("hello"));
        assertThat(heard).containsExactly("hello");
    }

    @Test
    void nobodyWritesAnothersUserData() {
        // A frame carries its sender's own user data and no field for anybody else's; whoever sent it, it is Ben's.
        lone.members(BEN, MALLORY);
        lone.comes(MALLORY, true, 1,
                new Frame.Presence(false, "Ben", 5, new UserValue(9, SimPeer.encoded("forged")), 5, -1));
        assertThat(lone.room().participants()).filteredOn(each -> each.id().equals(new ParticipantId(BEN)))
                .singleElement().satisfies(ben -> assertThat(ben.userData()).contains("hi"));
    }

    @Test
    void theRoomWorksAfterwards() {
        RoomStats before = lone.room().stats();
        anotherVersionIsRefusedCountedAndWarnedOf();
        lone.room().sessionData().put("mine", 1);
        assertThat(lone.room().sessionData().get("mine")).contains(1);
        assertThat(lone.room().stats().framesSent()).isGreaterThanOrEqualTo(before.framesSent());
    }
}
