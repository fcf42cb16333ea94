package dev.parlor.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.machine.compaction.Compactions;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a part of the room held when it met others. */
class PartingTest {
    private static final long ADA = 1;
    private static final long BEN = 2;

    private final SessionReplica replica = new SessionReplica();

    private void puts(long author, long time) {
        replica.apply(StateDelta.of(List.of(new KeyedValue("k", VersionedValue.of(new Stamp(time, author), new byte[] {1})))));
    }

    private void clears(long author, long time) {
        replica.apply(new StateDelta(new Stamp(time, author), List.of(), List.of()));
    }

    @Test
    void aKeyThatAClearHadKilledHeldItsRemoval() {
        replica.past().missesSomebody(true);
        puts(ADA, 1);
        clears(ADA, 2);
        Parting parting = replica.meets(3, Set.of(ADA));
        puts(BEN, 4);
        assertThat(parting.before().get("k").held()).isEqualTo(VersionedValue.tombstone(new Stamp(2, ADA)));
    }

    @Test
    void whoseRemovalACompactionHasForgottenHeldNothing() {
        replica.past().missesSomebody(true);
        puts(ADA, 1);
        clears(ADA, 2);
        Compactions.compact(replica, 3);
        Parting parting = replica.meets(4, Set.of(ADA));
        puts(BEN, 5);
        assertThat(parting.before()).isEmpty();
    }
}
