package dev.parlor.internal.machine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.Recorded;
import dev.parlor.internal.machine.outbox.Departures;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame.SyncAck;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.SyncRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks for a large map hears nothing that looks like the end of it while that is still being collected. */
class AnswersTest {
    private static final long BEN = 7;

    private final Recorded room = new Recorded().with(Recorded.SELF, BEN);
    private final Answers answers = new Answers(room.state, room.outbox, new Departures(room.state, room.outbox, room.now), room, room.now);

    @Test
    void theConfirmationOfASignOfLifeIsNotFollowedByTheEnd() {
        List<KeyedValue> many = new ArrayList<>();
        for (int i = 0; i <= Sweep.STEP; i++) {
            many.add(new KeyedValue("k" + i, VersionedValue.of(new Stamp(1, BEN), new byte[] {1})));
        }
        room.state.session().apply(StateDelta.of(many));
        answers.onRequest(BEN, new SyncRequest(1, new long[Digest.BUCKETS], Stamp.ZERO));
        assertThat(room.asked).contains("compute");
        answers.onAck(BEN, new SyncAck(1, 0));
        assertThat(room.sent()).noneMatch(each -> each.frame() instanceof SyncChunk);
    }
}
