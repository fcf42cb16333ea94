package dev.parlor.testkit.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final int MIB = 1 << 20;
    private static final Participant SOMEBODY =
            new Participant(new ParticipantId(1), "somebody", Instant.EPOCH, Optional.empty(), false);

    @Test
    void ofLargeMessagesTheLastOnesAreKeptInBoundedMemory() {
        EventLog log = new EventLog();
        byte[] large = new byte[MIB];
        for (int i = 0; i < 200; i++) {
            log.add(new MessageReceived(large, SOMEBODY, false));
            log.add(new MessageReceived("line " + i, SOMEBODY, false));
        }
        assertThat(log.messages().stream().filter(each -> each.payload() == large).count() * MIB)
                .isBetween(1L, EventLog.MAX_MESSAGE_BYTES);
        assertThat(log.messages().get(log.messages().size() - 1).payload()).isEqualTo("line 199");
        assertThat(log.messages().size() + log.forgotten()).isEqualTo(400);
    }
}
