package dev.parlor.internal.machine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessageReceived;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames to one participant that come late, as after a cut: JGroups sends them again, and what was sent since may be here before them. */
class LateFramesTest {
    private static final long BEN = 22;
    private static final StateDelta NOTHING = new StateDelta(Stamp.ZERO, List.of(), List.of());

    private final LoneRoom lone = new LoneRoom();
    private final List<Object> heard = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    @BeforeEach
    void listen() {
        lone.room().on(MessageReceived.class, event -> heard.add(event.payload()));
        lone.room().on(Warning.class, warnings::add);
        lone.room().on(ParticipantJoined.class, event -> seen.add(event.participant().userData().orElseThrow()));
        lone.room().on(ParticipantUpdated.class, event -> seen.add(event.participant().userData().orElseThrow()));
        lone.room().onRequest(String.class, (question, from) -> "re:" + question);
        lone.members(BEN);
        lone.comes(BEN, true, 1, presence(5));
        lone.takeSent();
    }

    @AfterEach
    void close() {
        lone.close();
    }

    private Frame.Presence presence(long version) {
        return new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, new UserValue(version, SimPeer.encoded("u" + version)),
                lone.nowMillis(), -1);
    }

    private static AppMessage message(AppMessage.Kind kind, String text) {
        return new AppMessage(kind, 7, SimPeer.encoded(text));
    }

    private void toAll(long number, String text) {
        lone.comes(BEN, true, number, new Frame.Update(NOTHING, 0, Map.of(), List.of(message(AppMessage.Kind.MESSAGE, text))));
    }

    private void toUs(long afterNumber, long count, AppMessage message) {
        lone.comes(BEN, false, afterNumber, new Frame.Direct(count, 0, List.of(message)));
    }

    private void toUs(long afterNumber, long count, String text) {
        toUs(afterNumber, count, message(AppMessage.Kind.MESSAGE, text));
    }

    /** Our state is known to hold all frames of Ben up to this one, which tells so. */
    private void announce(long number) {
        lone.comes(BEN, true, number, new Frame.Announce(lone.room().stats().digest(), Map.of(BEN, number), Map.of(BEN, 5L),
                lone.nowMillis(), false));
    }

    private boolean asksBenWhoHeIs() {
        return lone.takeSent().stream().anyMatch(each -> each.to() == BEN && each.frame() instanceof Frame.WhoIsThere);
    }

    /** The frame that is missing said perhaps what had been sent to us alone before it. */
    @Test
    void afterAFrameThatWasMissedMessagesToAllWaitForWhatWasSentToUsAloneBefore() {
        toAll(3, "second");
        assertThat(asksBenWhoHeIs()).isTrue();
        announce(4);
        assertThat(heard).isEmpty();
        toUs(1, 1, "first");
        toAll(5, "third");
        assertThat(heard).as("there may be more").containsExactly("first");
        lone.comes(BEN, false, 4, presence(5));
        assertThat(heard).containsExactly("first", "second", "third");
        toAll(6, "fourth");
        assertThat(heard).hasSize(4);
        assertThat(warnings).isEmpty();
    }

    @Test
    void theyDoSoAlsoIfWhatWasMissedWasPartOfTheStateBeforeTheNextFrameCame() {
        lone.comes(BEN, false, 1, new Frame.Announce(lone.room().stats().digest(), Map.of(BEN, 3L), Map.of(BEN, 5L),
                lone.nowMillis(), false));
        toAll(4, "second");
        assertThat(lone.room().stats().framesMissed()).isZero();
        assertThat(asksBenWhoHeIs()).isTrue();
        assertThat(heard).isEmpty();
        toUs(2, 1, "first");
        lone.comes(BEN, false, 4, presence(5));
        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void whereTheAnswerIsLostItIsAskedForAgain() {
        toAll(3, "second");
        announce(4);
        lone.takeSent();
        lone.pass(1_000);
        assertThat(asksBenWhoHeIs()).isTrue();
        lone.pass(5_000);
        assertThat(heard).as("not for ever").containsExactly("second");
        assertThat(warnings).extracting(Warning::kind).containsExactly(Warning.Kind.MESSAGES_LATE);
        toAll(5, "third");
        assertThat(heard).hasSize(2);
    }

    @Test
    void aMessageThatWasSentBeforeOneThatWasHeardIsDroppedAndToldOf() {
        toUs(1, 1, "first");
        toAll(2, "second");
        toUs(1, 2, "too late");
        assertThat(heard).containsExactly("first", "second");
        assertThat(lone.room().stats().messagesDropped()).isEqualTo(1);
        lone.pass(1_000);
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Warning.Kind.MESSAGES_DROPPED);
            assertThat(warning.message()).contains("sent after them");
        });
        toUs(2, 3, "third");
        assertThat(heard).containsExactly("first", "second", "third");
    }

    @Test
    void itIsSoAlsoIfItsSenderWasGoneMeanwhile() {
        toAll(2, "second");
        lone.members();
        lone.members(BEN);
        lone.comes(BEN, false, 2, presence(5));
        toUs(1, 1, "too late");
        toUs(2, 2, "third");
        assertThat(heard).containsExactly("second", "third");
        assertThat(lone.room().stats().messagesDropped()).isEqualTo(1);
    }

    @Test
    void aRequestIsAnsweredHoweverLateItComes() {
        toAll(2, "second");
        toUs(1, 1, message(AppMessage.Kind.REQUEST, "anybody?"));
        assertThat(lone.takeSent()).anyMatch(each -> each.to() == BEN && each.frame() instanceof Frame.Direct direct
                && direct.messages().get(0).kind() == AppMessage.Kind.ANSWER);
        assertThat(lone.room().stats().messagesDropped()).isZero();
    }

    @Test
    void whatWasSaidOfUserDataBeforeACutDoesNotSetItBackAfterIt() {
        lone.members();
        lone.members(BEN);
        lone.takeSent();
        lone.comes(BEN, false, 1, presence(4));
        assertThat(lone.room().participants()).hasSize(1);
        assertThat(asksBenWhoHeIs()).isTrue();
        lone.comes(BEN, false, 1, presence(5));
        lone.comes(BEN, false, 1, presence(4));
        lone.comes(BEN, true, 2, presence(6));
        assertThat(seen).containsExactly("u5", "u5", "u6");
    }
}
