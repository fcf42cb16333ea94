package dev.parlor.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.session.Digest;
import dev.parlor.internal.wire.Frame.Numbered;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import dev.parlor.internal.wire.FrameCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks for a state asks again until the answer begins; both questions may arrive. */
class RepeatedQuestionTest {
    private static final long ROUND = 4_711;

    private final World world = new World(7, Kind.MIXED, Flaw.NONE);
    private final List<SyncChunk> answered = new ArrayList<>();

    private void pass(long millis) {
        world.scheduler.runUntil(world.scheduler.nanos() + millis * Scheduler.MILLI);
    }

    /** The asker, which has part of one answer, would complete it with the end of another. */
    @Test
    void aQuestionIsAnsweredOnceAlsoIfAllOfTheAnswerWasSentAndAllIsDifferentNow() {
        world.join(0);
        world.join(1);
        pass(5_000);
        Participant source = world.everybody.get(0);
        Participant asker = world.everybody.get(1);
        source.peer.room().sessionData().put("here", 1);
        pass(1_000);
        world.network.members.get(source.id).mangler = new Mangler() {
            @Override
            public List<byte[]> outgoing(long from, byte[] frame) {
                if (Mangler.decode(from, frame).frame() instanceof SyncChunk chunk && chunk.round() == ROUND) {
                    answered.add(chunk);
                }
                return List.of(frame);
            }
        };
        byte[] question = FrameCodec.encode(asker.id, new Numbered(asker.peer.lastNumber(),
                new SyncRequest(ROUND, Digest.empty().buckets(), Digest.empty().clear())));
        for (int i = 0; i < 2; i++) {
            world.network.members.get(source.id).receiver.onFrame(asker.id, false, question, 0, question.length);
            pass(100);
            assertThat(answered).hasSize(1);
            source.peer.room().sessionData().put("here since", i);
        }
        assertThat(answered.get(0).last()).isTrue();
        assertThat(answered.get(0).total()).isEqualTo(1);
    }
}
