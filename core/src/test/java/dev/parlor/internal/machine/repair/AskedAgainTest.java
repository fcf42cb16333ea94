package dev.parlor.internal.machine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.session.Digest;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.wire.Frame;
import org.junit.jupiter.api.Test;

/** A round of a repair has one answer: of two, each of another moment, the parts do not fit. */
class AskedAgainTest {
    private static final long BEN = 3;

    private static void asks(LoneRoom room, long round) {
        room.takeSent();
        room.comes(BEN, false, 1, new Frame.SyncRequest(round, new long[Digest.BUCKETS], Stamp.ZERO));
    }

    private static long chunks(LoneRoom room) {
        return room.takeSent().stream().filter(each -> each.frame() instanceof Frame.SyncChunk).count();
    }

    @Test
    void whoWasOutOfTheViewForAMomentGetsNoSecondAnswerToARound() {
        try (LoneRoom room = new LoneRoom()) {
            room.room().sessionData().put("k", "v");
            room.members(BEN);
            asks(room, 1);
            assertThat(chunks(room)).isEqualTo(1);
            asks(room, 1);
            assertThat(chunks(room)).isZero();
            room.members();
            room.room().sessionData().put("k2", "v");
            room.members(BEN);
            asks(room, 1);
            assertThat(chunks(room)).isZero();
            asks(room, 2);
            assertThat(chunks(room)).isEqualTo(1);
        }
    }
}
