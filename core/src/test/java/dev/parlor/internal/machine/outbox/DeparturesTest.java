package dev.parlor.internal.machine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits leaves in turns, each frame with the number by which others know whether they have missed one. */
class DeparturesTest {
    private static final long SELF = Recorded.SELF;
    private static final long BEN = 7;
    private static final AppMessage MESSAGE = new AppMessage(AppMessage.Kind.MESSAGE, 0, new byte[] {1});

    private final Recorded room = new Recorded().with(SELF, BEN);
    private final Departures departures = new Departures(room.state, room.outbox, room.now);
    private long time;

    private void put(String key) {
        VersionedValue value = VersionedValue.of(new Stamp(++time, SELF), new byte[] {1});
        room.state.session().apply(key, value, room.state.session().held(key));
        room.outbox.put(key, value);
    }

    @Test
    void aTurnIsClaimedOnceAndOnlyIfThereIsSomethingForIt() {
        assertThat(departures.claim()).isFalse();
        put("a");
        assertThat(departures.claim()).isTrue();
        assertThat(departures.claim()).isFalse();
        departures.begin();
        assertThat(departures.isBusy()).isTrue();
        departures.end();
        assertThat(departures.isBusy()).isFalse();
        put("b");
        departures.claim();
        departures.unclaim();
        assertThat(departures.claim()).isTrue();
    }

    @Test
    void aTurnHasThePresenceFirstThenStateAndTheMessagesThatWaited() {
        put("a");
        room.outbox.userChanged();
        room.outbox.message(new Outbox.Outgoing(null, MESSAGE));
        departures.claim();
        Departures.Turn turn = departures.begin();
        assertThat(turn.presence().number()).isEqualTo(1);
        assertThat(turn.presence().frame()).isInstanceOf(Frame.Presence.class);
        assertThat(turn.singles()).containsOnlyKeys("a");
        assertThat(turn.number()).isEqualTo(2);
        assertThat(turn.messages()).hasSize(1);
        assertThat(departures.messagesToAll(List.of(MESSAGE)).number()).isEqualTo(3);
    }

    @Test
    void whatIsWrittenDuringATurnIsOfTheNext() {
        room.outbox.passOn("a");
        departures.claim();
        Departures.Turn turn = departures.begin();
        room.outbox.passOn("b");
        departures.units(turn.mark());
        assertThat(departures.units(turn.mark())).isNull();
        departures.end();
        assertThat(departures.claim()).isTrue();
    }

    @Test
    void aFrameToOneHasTheNumberOfTheLastToAllAndACountOfItsOwn() {
        departures.messagesToAll(List.of(MESSAGE));
        Frame.Numbered first = departures.messagesTo(BEN, List.of(MESSAGE));
        Frame.Numbered second = departures.messagesTo(BEN, List.of(MESSAGE));
        assertThat(first.number()).isEqualTo(1);
        assertThat(((Frame.Direct) second.frame()).count()).isEqualTo(2);
        assertThat(departures.messagesTo(99, List.of(MESSAGE))).as("who is no member").isNull();
    }

    @Test
    void aFrameToAllTellsForAWhileWhatWasSentToOneBeforeIt() {
        departures.messagesTo(BEN, List.of(MESSAGE));
        assertThat(directs()).isEqualTo(Map.of(BEN, 1L));
        room.later(Duration.ofSeconds(1));
        assertThat(directs()).as("the frame that says so first may be lost").isEqualTo(Map.of(BEN, 1L));
        room.later(Duration.ofSeconds(2));
        assertThat(directs()).isEmpty();
        departures.messagesTo(BEN, List.of(MESSAGE));
        assertThat(directs()).as("and it counts on").isEqualTo(Map.of(BEN, 2L));
    }

    @Test
    void theFirstFrameToAllTellsWhatWasSentToOneBeforeItHoweverLongThatTook() {
        departures.messagesTo(BEN, List.of(MESSAGE));
        room.later(Duration.ofSeconds(30));
        assertThat(directs()).as("whoever sent it was stuck").isEqualTo(Map.of(BEN, 1L));
        room.later(Duration.ofSeconds(1));
        assertThat(directs()).isEqualTo(Map.of(BEN, 1L));
        room.members(SELF);
        room.members(SELF, BEN);
        assertThat(directs()).as("what is on its way to who is back may arrive").isEqualTo(Map.of(BEN, 1L));
    }

    private Map<Long, Long> directs() {
        return ((Frame.Update) departures.messagesToAll(List.of(MESSAGE)).frame()).directs();
    }

    @Test
    void whereNobodyElseIsNumbersGoOnAndNoFrameIsMade() {
        room.members(SELF);
        assertThat(departures.messagesToAll(List.of(MESSAGE))).isNull();
        room.members(SELF, BEN);
        assertThat(departures.messagesToAll(List.of(MESSAGE)).number()).as("what was not sent is asked for").isEqualTo(2);
    }

    @Test
    void nothingLeavesOnceItHasStopped() {
        put("a");
        departures.stop();
        assertThat(departures.claim()).isFalse();
        assertThat(departures.messagesToAll(List.of(MESSAGE))).isNull();
    }
}
