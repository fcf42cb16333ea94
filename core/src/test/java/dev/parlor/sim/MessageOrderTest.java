package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.wire.Frame.Direct;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of messages to one and to all, where chance hardly ever brings it into danger. */
class MessageOrderTest {
    private final World world = new World(7, Kind.MIXED, Flaw.NONE);
    private final List<byte[]> held = new ArrayList<>();
    private final List<Integer> heard = new ArrayList<>();

    private void pass(long millis) {
        world.scheduler.runUntil(world.scheduler.nanos() + millis * Scheduler.MILLI);
    }

    /** By TCP a program that sends to who is cut off is stuck in that. */
    @Test
    void whatIsSaidToAllWhileAMessageToOneIsStuckComesAfterIt() {
        for (int slot = 0; slot < 3; slot++) {
            world.join(slot);
        }
        pass(5_000);
        Participant speaker = world.everybody.get(0);
        Participant hearer = world.everybody.get(1);
        SimNetwork.Member member = world.network.members.get(speaker.id);
        hearer.peer.room().onMessage(Integer.class, (number, from) -> heard.add(number));
        member.mangler = new Mangler() {
            @Override
            public List<byte[]> outgoing(long from, byte[] frame) {
                if (Mangler.decode(from, frame).frame() instanceof Direct) {
                    held.add(frame);
                    speaker.host.beStuck(3_000);
                    return List.of();
                }
                return List.of(frame);
            }
        };
        speaker.peer.room().send(1, speaker.peer.room().participants().stream()
                .filter(each -> each.id().value() == hearer.id).toArray(dev.parlor.Participant[]::new));
        pass(1_000);
        speaker.peer.room().send(2);
        pass(2_100);
        assertThat(heard).isEmpty();
        held.forEach(frame -> world.network.members.get(hearer.id).receiver.onFrame(speaker.id, false, frame, 0, frame.length));
        pass(100);
        assertThat(heard).containsExactly(1, 2);
    }

    /** A program that was stopped goes on: what came by two ways meanwhile is read by two threads at once. */
    @Test
    void whoWasExpelledAndDoesNotKnowItHearsWhatWasForItAloneBeforeWhatFollowedToAll() {
        for (int slot = 0; slot < 3; slot++) {
            world.join(slot);
        }
        pass(5_000);
        Participant speaker = world.everybody.get(0);
        Participant expelled = world.everybody.get(1);
        SimPeer room = speaker.peer;
        SimNetwork.Member member = world.network.members.get(speaker.id);
        expelled.peer.room().onMessage(Integer.class, (number, from) -> heard.add(number));
        member.mangler = new Mangler() {
            @Override
            public List<byte[]> outgoing(long from, byte[] frame) {
                if (Mangler.decode(from, frame).frame() instanceof Direct) {
                    held.add(frame);
                    return List.of();
                }
                return List.of(frame);
            }
        };
        room.room().send(1, room.room().participants().stream()
                .filter(each -> each.id().value() == expelled.id).toArray(dev.parlor.Participant[]::new));
        pass(50);
        member.installView(member.view.stream().filter(id -> id != expelled.id).toList(), List.of());
        pass(50);
        room.room().send(2);
        pass(1_000);
        assertThat(held).hasSize(1);
        held.forEach(frame -> world.network.members.get(expelled.id).receiver
                .onFrame(speaker.id, false, frame, 0, frame.length));
        pass(1_000);
        assertThat(heard).containsExactly(1, 2);
    }
}
