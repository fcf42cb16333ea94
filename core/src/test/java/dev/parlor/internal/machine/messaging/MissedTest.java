package dev.parlor.internal.machine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessagesMissed;
import dev.parlor.ParticipantId;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.user.UserReplica.UserValue;
import dev.parlor.internal.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was cut off is told from when to when it may have missed messages. */
class MissedTest {
    private static final long BEN = 2;
    private static final long CLEO = 3;

    private final LoneRoom lone = new LoneRoom();
    private final List<MessagesMissed> missed = new ArrayList<>();

    @BeforeEach
    void othersAreThere() {
        lone.room().on(MessagesMissed.class, missed::add);
        lone.members(BEN, CLEO);
        comes(BEN, 40);
        comes(CLEO, 70);
        lone.pass(3_000);
        assertThat(missed).as("who was there before us may have sent, which is not missed").isEmpty();
    }

    @AfterEach
    void close() {
        lone.close();
    }

    private void comes(long from, long number) {
        lone.comes(from, true, number, new Frame.Presence(false, "p" + from, lone.nowMillis(), new UserValue(0, new byte[0]),
                lone.nowMillis(), lone.nowMillis(), -1));
    }

    private static Frame nothing() {
        return new Frame.Update(new StateDelta(Stamp.ZERO, List.of()), 0, Map.of(), List.of());
    }

    @Test
    void whatFollowsIsNotMissed() {
        comes(BEN, 41);
        lone.comes(BEN, true, 42, nothing());
        lone.pass(5_000);
        assertThat(missed).isEmpty();
    }

    @Test
    void aGapIsToldOnceForAllWithItsTimes() {
        comes(BEN, 41);
        comes(CLEO, 71);
        long before = lone.nowMillis();
        lone.pass(4_000);
        lone.comes(BEN, true, 50, nothing());
        lone.pass(300);
        lone.comes(CLEO, true, 90, nothing());
        long after = lone.nowMillis();
        lone.pass(5_000);
        assertThat(missed).singleElement().satisfies(event -> {
            assertThat(event.senders()).containsExactlyInAnyOrder(new ParticipantId(BEN), new ParticipantId(CLEO));
            assertThat(event.from().toEpochMilli()).isBetween(before - 20, before + 20);
            assertThat(event.until().toEpochMilli()).isBetween(after - 20, after + 20);
        });
        lone.comes(BEN, true, 51, nothing());
        lone.pass(5_000);
        assertThat(missed).hasSize(1);
    }

    @Test
    void whoHasSentNothingMeanwhileIsNotMissed() {
        lone.members();
        lone.pass(20_000);
        lone.meets(BEN, CLEO);
        comes(BEN, 41);
        comes(CLEO, 75);
        lone.pass(5_000);
        assertThat(missed).singleElement().satisfies(event -> assertThat(event.senders()).containsExactly(new ParticipantId(CLEO)));
    }
}
