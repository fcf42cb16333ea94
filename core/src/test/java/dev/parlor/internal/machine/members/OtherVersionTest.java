package dev.parlor.internal.machine.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.JoinException;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.Framing;
import dev.parlor.internal.wire.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs of a network are not updated at one moment: what becomes of who speaks other versions of the protocol. */
class OtherVersionTest {
    private static final long BEN = 22;
    private static final long CLEO = 33;
    private static final Versions LATER = new Versions(2, 3);
    private static final Versions LATER_TOO = new Versions(1, 3);
    /** After so long a member that says nothing is warned of. */
    private static final long LONG_MILLIS = 20_000;

    private LoneRoom lone = new LoneRoom();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Object> heard = new ArrayList<>();

    @AfterEach
    void close() {
        lone.close();
    }

    private void listen() {
        lone.room().on(Warning.class, warnings::add);
        lone.room().on(MessageReceived.class, event -> heard.add(event.payload()));
    }

    private static Frame presence(String name, Versions versions) {
        return new Frame.Presence(false, name, LoneRoom.BEGIN_MILLIS, new UserValue(1, SimPeer.encoded("hi")),
                LoneRoom.BEGIN_MILLIS, LoneRoom.BEGIN_MILLIS, -1, versions);
    }

    private static Frame say(String text) {
        return new Frame.Update(new StateDelta(Stamp.ZERO, List.of()), 1, Map.of(),
                List.of(new Frame.AppMessage(Frame.AppMessage.Kind.MESSAGE, 0, SimPeer.encoded(text))));
    }

    /** As a later version writes it, with a field more at its end. */
    private static byte[] later(Versions versions, long from, long number, Frame frame) {
        byte[] bytes = FrameCodec.encode(from, new Frame.Numbered(number, frame));
        int head = Framing.framed(0, 0, new byte[0]).length;
        byte[] body = new byte[bytes.length - head + 3];
        System.arraycopy(bytes, head, body, 0, bytes.length - head);
        return Framing.framed(versions, bytes[2], number, body);
    }

    private List<String> names() {
        return lone.room().participants().stream().map(Participant::name).toList();
    }

    @Test
    void whoHasNoVersionInCommonIsLeftOutWithOneWarningThatNamesBothRanges() {
        listen();
        lone.members(BEN);
        lone.takeSent();
        for (int i = 1; i <= 50; i++) {
            lone.comes(BEN, true, later(LATER, BEN, i, say("boo")));
        }
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Warning.Kind.OTHER_VERSION);
            assertThat(warning.message()).contains("versions 2 to 3 of", "this program version 1", "update Parlor in this program");
        });
        assertThat(lone.takeSent()).filteredOn(each -> each.to() == BEN).extracting(LoneRoom.Sent::frame)
                .as("it is told once which this program speaks").singleElement().isInstanceOf(Frame.Presence.class);
        assertThat(lone.room().stats().framesRefused()).isEqualTo(50);

        lone.room().sessionData().put("mine", 1);
        CompletableFuture<Void> flushed = lone.room().flushAsync(Duration.ofSeconds(5));
        lone.pass(100);
        assertThat(flushed).as("nobody waits for it").isCompleted();
        lone.pass(LONG_MILLIS);
        assertThat(warnings).as("nor asks who it is").hasSize(1);
        assertThat(lone.takeSent()).filteredOn(each -> each.to() == BEN).isEmpty();
        assertThat(lone.room().stats().inSync()).isTrue();
        assertThat(names()).containsExactly("lone");
        assertThat(heard).isEmpty();
    }

    @Test
    void theOthersAreHeardBesideIt() {
        listen();
        lone.members(BEN, CLEO);
        lone.comes(BEN, true, later(LATER, BEN, 1, say("boo")));
        lone.comes(CLEO, true, 1, presence("Cleo", Versions.SPOKEN));
        lone.comes(CLEO, true, 2, say("hello"));
        assertThat(heard).containsExactly("hello");
        assertThat(names()).containsExactlyInAnyOrder("lone", "Cleo");
        lone.members(CLEO);
        lone.members(BEN, CLEO);
        lone.comes(BEN, true, later(LATER, BEN, 2, say("boo")));
        assertThat(warnings).as("it came anew").hasSize(2);
    }

    @Test
    void whoHasAVersionInCommonIsHeardWithoutWhatItAdds() {
        listen();
        lone.members(BEN);
        lone.comes(BEN, true, later(LATER_TOO, BEN, 1, presence("Ben", LATER_TOO)));
        lone.comes(BEN, true, later(LATER_TOO, BEN, 2, say("hello")));
        assertThat(names()).containsExactlyInAnyOrder("lone", "Ben");
        assertThat(heard).containsExactly("hello");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whoSaysSoInAFrameThatCanBeReadIsTakenByItsWord() {
        listen();
        lone.members(BEN);
        lone.comes(BEN, true, 1, presence("Ben", LATER));
        assertThat(names()).containsExactly("lone");
        assertThat(warnings).extracting(Warning::kind).containsExactly(Warning.Kind.OTHER_VERSION);
    }

    @Test
    void whoSpeaksProperlyAfterAllIsHeard() {
        listen();
        lone.members(BEN);
        lone.comes(BEN, true, later(LATER, BEN, 1, say("boo")));
        lone.comes(BEN, true, 2, presence("Ben", Versions.SPOKEN));
        assertThat(names()).containsExactlyInAnyOrder("lone", "Ben");
        CompletableFuture<Void> flushed = lone.room().flushAsync(Duration.ofSeconds(5));
        lone.pass(100);
        assertThat(flushed).as("and waited for").isNotDone();
    }

    @Test
    void whoAnswersAJoinProperlyAfterAllIsThereAndWaitedFor() {
        lone.close();
        lone = LoneRoom.joining(CLEO, BEN);
        lone.pass(1);
        lone.comes(CLEO, true, 1, new Frame.WhoIsThere());
        lone.comes(BEN, true, later(LATER, BEN, 9, say("boo")));
        lone.comes(BEN, true, 10, new Frame.Presence(true, "Ben", 0, UserValue.NONE, 0, 0, -1));
        lone.comes(CLEO, true, 2, presence("Cleo", Versions.SPOKEN));
        long round = lone.takeSent().stream().map(LoneRoom.Sent::frame).filter(Frame.SyncRequest.class::isInstance)
                .mapToLong(frame -> ((Frame.SyncRequest) frame).round()).findFirst().orElseThrow();
        lone.comes(CLEO, false, 2, new Frame.SyncChunk(round, 0, true, 0, new StateDelta(Stamp.ZERO, List.of()), Map.of(),
                Map.of(CLEO, 2L, BEN, 10L), new int[0]));
        lone.pass(100);
        assertThat(lone.hasJoined()).isTrue();
        lone.comes(BEN, true, 11, presence("Ben", Versions.SPOKEN));
        assertThat(names()).containsExactlyInAnyOrder("lone", "Ben", "Cleo");
        CompletableFuture<Void> flushed = lone.room().flushAsync(Duration.ofSeconds(5));
        lone.takeSent();
        lone.pass(100);
        assertThat(flushed).isNotDone();
    }

    @Test
    void aKindThatMayBeSkippedIsCountedAndMissedByNobody() {
        listen();
        lone.members(BEN);
        lone.comes(BEN, true, 1, presence("Ben", Versions.SPOKEN));
        lone.comes(BEN, true, Framing.framed(0x85, 2, new byte[] {1, 2, 3}));
        lone.comes(BEN, false, Framing.framed(0xFF, 2, new byte[0]));
        lone.comes(BEN, true, 3, say("hello"));
        assertThat(heard).containsExactly("hello");
        assertThat(warnings).isEmpty();
        assertThat(lone.room().stats().framesSkipped()).isEqualTo(2);
        assertThat(lone.room().stats().framesMissed()).isZero();
        assertThat(lone.room().stats().framesRefused()).isZero();
        assertThat(lone.room().stats().toString()).contains("framesSkipped=2");
    }

    @Test
    void anyOtherKindThatIsUnknownIsRefused() {
        listen();
        lone.members(BEN);
        lone.comes(BEN, true, 1, presence("Ben", Versions.SPOKEN));
        lone.comes(BEN, true, Framing.framed(0x7F, 2, new byte[] {1, 2, 3}));
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Warning.Kind.UNDECODABLE_FRAME);
            assertThat(warning.message()).contains("Ben", "kind 127");
        });
        assertThat(lone.room().stats().framesRefused()).isEqualTo(1);
        assertThat(lone.room().stats().framesSkipped()).isZero();
    }

    @Test
    void nobodyBeginsARoomBesideOneThatSpeaksAnotherVersion() {
        lone.close();
        lone = LoneRoom.joining(BEN, CLEO);
        lone.pass(1);
        lone.comes(BEN, true, later(LATER, BEN, 9, say("boo")));
        lone.comes(CLEO, true, 1, new Frame.WhoIsThere());
        lone.pass(1_000);
        assertThat(lone.joinFailure()).isInstanceOfSatisfying(JoinException.class, failed -> {
            assertThat(failed.reason()).isEqualTo(JoinException.Reason.OTHER_VERSION);
            assertThat(failed.getMessage()).contains("versions 2 to 3 of", "this program version 1", "update Parlor in this program");
        });
    }

    @Test
    void whoCanBeUnderstoodIsJoinedAlsoIfAnotherCannot() {
        lone.close();
        lone = LoneRoom.joining(BEN, CLEO);
        lone.pass(1);
        lone.comes(BEN, true, later(LATER, BEN, 9, say("boo")));
        lone.takeSent();
        lone.comes(CLEO, true, 1, presence("Cleo", Versions.SPOKEN));
        lone.pass(100);
        assertThat(lone.joinFailure()).isNull();
        assertThat(lone.takeSent()).extracting(LoneRoom.Sent::frame).hasAtLeastOneElementOfType(Frame.SyncRequest.class);
    }
}
