package dev.parlor.internal.machine.backpressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.MessagesDroppedException;
import dev.parlor.OutboxFullException;
import dev.parlor.ParlorException;
import dev.parlor.Participant;
import dev.parlor.RequestException;
import dev.parlor.Room;
import dev.parlor.Warning;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners that are slower than their senders: how these hear of it, and what they do. */
class PressureTest {
    private static final long BEN = 2;
    private static final long EVE = 3;
    private static final long SECOND = 1_000;
    /** The share of messages is a quarter of it, and half of that is full. */
    private static final long MEMORY_BYTES = 16L << 20;
    private static final byte[] CHUNK = new byte[256 * 1024];
    private static final StateDelta NOTHING = new StateDelta(Stamp.ZERO, List.of(), List.of());

    private final LoneRoom lone = new LoneRoom(MEMORY_BYTES);
    private final Room room = lone.room();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Object> heard = new ArrayList<>();
    private long number = 1;

    @BeforeEach
    void others() {
        lone.members(BEN, EVE);
        for (long id : List.of(BEN, EVE)) {
            lone.comes(id, true, 1, new Frame.Presence(false, "of " + id, LoneRoom.BEGIN_MILLIS, new UserValue(0, new byte[0]),
                    LoneRoom.BEGIN_MILLIS, -1));
        }
        room.onMessage(Object.class, (message, from) -> heard.add(message));
        room.on(Warning.class, warnings::add);
        lone.pass(SECOND);
        lone.takeSent();
    }

    @AfterEach
    void close() {
        lone.close();
    }

    private void bensMessage(AppMessage.Kind kind, long id, Object payload) {
        lone.comes(BEN, true, ++number, new Frame.Update(NOTHING, 0, Map.of(),
                List.of(new AppMessage(kind, id, payload == null ? new byte[0] : SimPeer.encoded(payload)))));
    }

    private Stream<Frame> sent() {
        return lone.takeSent().stream().map(LoneRoom.Sent::frame);
    }

    private List<Boolean> toldOthers() {
        return sent().filter(Frame.Backlog.class::isInstance).map(frame -> ((Frame.Backlog) frame).full()).toList();
    }

    private List<String> saidToOthers() {
        return lone.takeSent().stream().flatMap(each -> (each.frame() instanceof Frame.Update update ? update.messages()
                : each.frame() instanceof Frame.Direct direct ? direct.messages() : List.<AppMessage>of()).stream())
                .map(message -> message.kind() == AppMessage.Kind.MESSAGE ? (String) SimPeer.decoded(message.payload())
                        : message.kind().toString()).toList();
    }

    // ---- where listeners are slow

    @Test
    void sendersAreToldBeforeAnythingIsDroppedAndAgainWhenTheListenersHaveCaughtUp() {
        lone.listenersStand(true);
        for (int i = 0; i < 7; i++) {
            bensMessage(AppMessage.Kind.MESSAGE, 0, CHUNK);
        }
        assertThat(toldOthers()).isEmpty();
        for (int i = 7; i < 30; i++) {
            // More than the bound, as it was on its way.
            bensMessage(AppMessage.Kind.MESSAGE, 0, CHUNK);
        }
        assertThat(toldOthers()).containsExactly(true);
        lone.pass(3 * SECOND);
        assertThat(toldOthers()).as("told again").hasSizeGreaterThan(1).containsOnly(true);
        lone.listenersStand(false);
        lone.pass(10);
        assertThat(toldOthers()).containsExactly(false);
        assertThat(heard).hasSize(30);
        assertThat(room.stats().messagesDropped()).isZero();
        assertThat(warnings).extracting(Warning::kind).doesNotContain(Warning.Kind.MESSAGES_DROPPED);
    }

    @Test
    void listenersThatStandStillHoldUpNobodyForLongAndWhatIsDroppedIsCountedToldOnceAndToItsSender() {
        lone.listenersStand(true);
        int sent = 0;
        for (; sent < 60; sent++) {
            bensMessage(AppMessage.Kind.MESSAGE, 0, CHUNK);
            lone.pass(SECOND / 4);
        }
        assertThat(toldOthers()).as("held back for a while, then no more").startsWith(true).endsWith(false);
        for (; sent < 160; sent++) {
            bensMessage(AppMessage.Kind.MESSAGE, 0, CHUNK);
        }
        long dropped = room.stats().messagesDropped();
        assertThat(dropped).isPositive();
        assertThat(room.stats().memoryBytes()).isLessThan(MEMORY_BYTES);
        bensMessage(AppMessage.Kind.PING, 77, null);
        lone.pass(SECOND / 10);
        assertThat(sent().toList()).contains(new Frame.Pong(77, dropped));
        lone.pass(6 * SECOND);
        lone.listenersStand(false);
        lone.pass(SECOND);
        assertThat(heard).hasSize(sent - (int) dropped);
        assertThat(warnings.stream().filter(each -> each.kind() == Warning.Kind.MESSAGES_DROPPED)).hasSizeLessThan(4)
                .anySatisfy(each -> assertThat(each.message()).contains(" messages were dropped"));
    }

    @Test
    void aRequestThatFindsNoRoomIsAnsweredAtOnce() {
        lone.listenersStand(true);
        lone.pass(SECOND);
        for (int i = 0; i < 100; i++) {
            bensMessage(AppMessage.Kind.MESSAGE, 0, CHUNK);
        }
        lone.takeSent();
        bensMessage(AppMessage.Kind.REQUEST, 9, CHUNK);
        assertThat(saidToOthers()).containsExactly("BUSY");
    }

    @Test
    void answersThatFindNoRoomSaySoInsteadOfWaitingWithoutBound() {
        room.onRequest(String.class, (text, from) -> new byte[300 * 1024]);
        lone.listenersStand(true);
        for (int i = 0; i < 20; i++) {
            bensMessage(AppMessage.Kind.REQUEST, i, "large, please");
        }
        lone.listenersStand(false);
        // All were asked for in one turn of the listeners, and nothing could be sent meanwhile.
        assertThat(saidToOthers()).hasSize(20).contains("ANSWER", "BUSY");
    }

    // ---- where they are sent to

    private void pressure(long from, boolean full) {
        lone.comes(from, false, 1, new Frame.Backlog(full));
    }

    @Test
    void messagesForWhoIsFullWaitInOrderAndStateAndAnswersDoNot() {
        Participant ben = room.participants().get(1);
        Participant eve = room.participants().get(2);
        CompletableFuture<Void> before = room.flushAsync(Duration.ofSeconds(20));
        pressure(BEN, true);
        assertThat(saidToOthers()).containsExactly("PING");
        room.send("to Eve, first", eve);
        room.send("to all");
        room.send("to Ben", ben);
        room.send("to Eve", eve);
        CompletableFuture<Void> after = room.flushAsync(Duration.ofSeconds(20));
        room.sessionData().put("k", 1);
        bensMessage(AppMessage.Kind.REQUEST, 5, "what?");
        lone.pass(100);
        List<LoneRoom.Sent> now = lone.takeSent();
        assertThat(now).anyMatch(each -> each.frame() instanceof Frame.Update update && !update.delta().entries().isEmpty());
        assertThat(now).filteredOn(each -> each.frame() instanceof Frame.Direct)
                .extracting(LoneRoom.Sent::to).containsExactly(EVE, BEN);
        pressure(BEN, false);
        lone.pass(100);
        assertThat(saidToOthers()).containsExactly("to all", "to Ben", "to Eve", "PING");
        lone.comes(BEN, false, 1, new Frame.Pong(1, 0));
        lone.comes(EVE, false, 1, new Frame.Pong(1, 0));
        lone.comes(BEN, false, 1, new Frame.Pong(2, 3));
        lone.comes(EVE, false, 1, new Frame.Pong(2, 0));
        lone.pass(100);
        assertThat(before).isCompleted();
        assertThatThrownBy(after::join).hasCauseInstanceOf(MessagesDroppedException.class).hasMessageContaining("of 2=3");
    }

    @Test
    void whoSaysNoMoreThatItIsFullOrLeavesIsNotWaitedFor() {
        pressure(BEN, true);
        room.send("waits for Ben");
        lone.pass(2 * SECOND);
        assertThat(saidToOthers()).isEmpty();
        lone.pass(3 * SECOND);
        assertThat(saidToOthers()).containsExactly("waits for Ben");
        pressure(BEN, true);
        room.send("and again");
        lone.pass(SECOND);
        assertThat(saidToOthers()).isEmpty();
        lone.members(EVE);
        lone.pass(SECOND);
        assertThat(saidToOthers()).containsExactly("and again");
    }

    @Test
    void whoSendsMoreThanMayWaitIsRefusedAndStateIsNot() {
        pressure(BEN, true);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                room.send(CHUNK);
            }
        }).isInstanceOf(OutboxFullException.class).isInstanceOf(ParlorException.class);
        room.sessionData().put("k", 1);
        assertThat(room.stats().outboxMessages()).isBetween(3L, 10L);
        lone.pass(4 * SECOND);
        assertThat(room.stats().outboxMessages()).isZero();
    }

    @Test
    void whoIsAskedAndHasNoRoomIsTold() {
        Participant ben = room.participants().get(1);
        CompletableFuture<String> answer = room.request("?", ben, String.class, Duration.ofSeconds(5));
        lone.takeSent();
        lone.comes(BEN, false, number, new Frame.Direct(1, 0, List.of(new AppMessage(AppMessage.Kind.BUSY, 1, new byte[0]))));
        lone.pass(100);
        assertThatThrownBy(answer::join).cause().isInstanceOfSatisfying(RequestException.class,
                why -> assertThat(why.reason()).isEqualTo(RequestException.Reason.BUSY));
    }
}
