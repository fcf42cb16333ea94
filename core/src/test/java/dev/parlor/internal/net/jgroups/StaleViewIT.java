package dev.parlor.internal.net.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.Network;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever was left in a view that the others have left finds them again. */
class StaleViewIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Members members = new Members();

    @AfterEach
    void close() {
        members.close();
    }

    private void awaitAllSeeAll() {
        await().atMost(SOON).until(members::allSeeAll);
    }

    @Test
    void whoGivesUpAStaleViewIsAloneForAMomentAndThenMerged() {
        for (long id = 1; id <= 3; id++) {
            members.join(id, null);
        }
        awaitAllSeeAll();
        members.networks().get(0).forget(members.networks().get(2));
        members.networks().get(1).forget(members.networks().get(2));
        await().atMost(SOON).until(() -> members.lastOf(0).size() == 2 && members.lastOf(1).size() == 2);

        members.networks().get(2).lookForOthers();

        awaitAllSeeAll();
        assertThat(members.views().get(2)).extracting(Network.View::members).contains(List.of(3L));
        Network.View merged = members.views().get(2).get(members.views().get(2).size() - 1);
        assertThat(merged.sides()).contains(List.of(3L)).hasSize(2);
    }
}
