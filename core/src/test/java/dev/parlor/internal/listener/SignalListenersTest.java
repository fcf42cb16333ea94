package dev.parlor.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.ParticipantLeft;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Framing;
import dev.parlor.internal.wire.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of signals that come, and which of those that are sent leave. */
class SignalListenersTest extends RoomWithBen {
    private static final long STRANGER = 3;

    private void benSignals(long number, int type, Object payload) {
        comes(BEN, number, type, payload);
    }

    private void comes(long from, long number, int type, Object payload) {
        lone.comes(from, true, 0, new Frame.Signals(List.of(new Frame.Signal(number, type, SimPeer.encoded(payload)))));
    }

    private void hear() {
        room.onSignal(Object.class, (payload, from) -> heard.add(payload));
    }

    // ---- in

    @Test
    void anOlderOneIsNotHeardAfterANewerOneOfItsType() {
        benJoins();
        hear();
        benSignals(1, 0, "a1");
        benSignals(3, 0, "a3");
        benSignals(2, 0, "a2");
        benSignals(3, 0, "a3");
        benSignals(2, 1, "b2");
        assertThat(heard).containsExactly("a1", "a3", "b2");
        assertThat(room.stats().signalsReceived()).isEqualTo(3);
        assertThat(room.stats().signalsDropped()).isEqualTo(2);
    }

    @Test
    void ofThoseThatWaitForAListenerTheNewestIsHeard() {
        benJoins();
        hear();
        lone.listenersStand(true);
        for (int i = 1; i <= 1_000; i++) {
            benSignals(i, i % 2, "x".repeat(i) + i);
        }
        assertThat(room.stats().memoryByUse().get("EVENTS")).isBetween(2_000L, 4_000L);
        lone.listenersStand(false);
        assertThat(heard).containsExactly("x".repeat(999) + 999, "x".repeat(1_000) + 1_000);
        assertThat(room.stats().signalsDropped()).isEqualTo(998);
        assertThat(room.stats().memoryByUse().get("EVENTS")).isZero();
    }

    @Test
    void whoListensLaterHearsWhatComesAfterwards() {
        benJoins();
        hear();
        lone.listenersStand(true);
        benSignals(1, 0, "before");
        List<Object> later = new ArrayList<>();
        room.onSignal(String.class, (text, from) -> later.add(text));
        benSignals(2, 0, "after");
        lone.listenersStand(false);
        assertThat(heard).containsExactly("after");
        assertThat(later).containsExactly("after");
        assertThat(room.stats().memoryByUse().get("EVENTS")).isZero();
    }

    @Test
    void whoIsNotPresentIsNotHeard() {
        benJoins();
        hear();
        room.on(ParticipantLeft.class, heard::add);
        comes(STRANGER, 1, 0, "from a stranger");
        lone.members(BEN, STRANGER);
        comes(STRANGER, 2, 0, "from a member that has not said who it is");
        benSignals(5, 0, "here");
        lone.members();
        benSignals(6, 0, "gone");
        assertThat(heard).hasSize(2).first().isEqualTo("here");
        assertThat(room.stats().signalsDropped()).isEqualTo(3);
        assertThat(room.stats().framesRefused()).isZero();
    }

    @Test
    void whoComesBackIsHeardFromWhereItWas() {
        benJoins();
        hear();
        benSignals(5, 0, "before");
        lone.members();
        lone.members(BEN);
        lone.comes(BEN, true, frames++, new Frame.Presence(false, "Ben", LoneRoom.BEGIN_MILLIS, userData(2, "hi"),
                LoneRoom.BEGIN_MILLIS, -1));
        benSignals(4, 1, "late");
        benSignals(6, 1, "after");
        assertThat(heard).containsExactly("before", "after");
    }

    @Test
    void oneThatCannotBeReadIsCountedAndOneTypeTooManyIsDropped() {
        benJoins();
        hear();
        lone.comes(BEN, true, 0, new Frame.Signals(List.of(new Frame.Signal(1, 0, new byte[] {127, 127}))));
        benSignals(2, Frame.Signal.MAX_TYPES, "too many");
        assertThat(heard).isEmpty();
        assertThat(room.stats().undecodableValues()).isEqualTo(1);
        assertThat(room.stats().signalsDropped()).isEqualTo(1);
    }

    @Test
    void nothingIsKeptWhereNobodyListens() {
        benJoins();
        lone.listenersStand(true);
        benSignals(1, 0, "unheard");
        assertThat(room.stats().memoryByUse().get("EVENTS")).isZero();
        assertThat(room.stats().signalsReceived()).isEqualTo(1);
    }

    @Test
    void theyAreNoPartOfTheOrderOfFrames() {
        benJoins();
        long received = room.stats().framesReceived();
        benSignals(1, 0, "a");
        frames += 3;
        benSignals(2, 0, "b");
        assertThat(room.stats().framesReceived()).isEqualTo(received);
        assertThat(room.stats().framesMissed()).isZero();
        frames -= 3;
        benSays("next");
        assertThat(room.stats().framesMissed()).isZero();
    }

    @Test
    void aProgramThatDoesNotKnowThemSkipsThemAndMissesNothing() {
        benJoins();
        room.onMessage(String.class, (text, from) -> heard.add(text));
        benSays("one");
        // As a kind that is not known here, with the number that signals have.
        lone.comes(BEN, true, Framing.framed(Versions.SPOKEN, 0xC0, 0, new byte[] {1}));
        benSays("two");
        assertThat(heard).containsExactly("one", "two");
        assertThat(room.stats().framesSkipped()).isEqualTo(1);
        assertThat(room.stats().framesMissed()).isZero();
        assertThat(room.stats().framesRefused()).isZero();
        assertThat(warnings).isEmpty();
    }

    // ---- out

    private List<List<Object>> sent() {
        return lone.takeSent().stream().map(LoneRoom.Sent::frame).filter(Frame.Signals.class::isInstance).map(Frame.Signals.class::cast)
                .map(frame -> frame.signals().stream().map(each -> SimPeer.decoded(each.payload())).toList()).toList();
    }

    @Test
    void theFirstLeavesAtOnceAndOfThoseAfterItTheNewestOfEachTypeTogether() {
        benJoins();
        sent();
        Stream.of("a", 1, "b", 2, "c").forEach(room::signal);
        lone.finishTasks();
        assertThat(sent()).containsExactly(List.of("c", 2));
        Stream.of(3, "d", 4).forEach(room::signal);
        lone.pass(4);
        assertThat(sent()).isEmpty();
        lone.pass(1);
        assertThat(sent()).containsExactly(List.of(4, "d"));
        lone.pass(1_000);
        assertThat(sent()).isEmpty();
        assertThat(room.stats().signalsSent()).isEqualTo(4);
        assertThat(room.stats().signalsDropped()).isEqualTo(4);
    }

    @Test
    void twoThatAreTooLargeForOneFrameLeaveInTwo() {
        benJoins();
        sent();
        room.signal("x".repeat(5_000));
        room.signal(new byte[5_000]);
        lone.finishTasks();
        assertThat(sent()).hasSize(2);
    }

    @Test
    void theTypesOfASenderHaveABound() {
        benJoins();
        // Arrays are told apart by their classes: of one dimension, two, and so on.
        List<Object> payloads = IntStream.rangeClosed(1, Frame.Signal.MAX_TYPES + 1)
                .mapToObj(dimensions -> java.lang.reflect.Array.newInstance(String.class, new int[dimensions])).toList();
        payloads.subList(0, Frame.Signal.MAX_TYPES).forEach(room::signal);
        assertThatThrownBy(() -> room.signal(payloads.get(Frame.Signal.MAX_TYPES))).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("64 classes");
        room.signal(payloads.get(0));
    }
}
