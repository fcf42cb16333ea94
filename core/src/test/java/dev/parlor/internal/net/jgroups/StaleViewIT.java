package dev.parlor.internal.net.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever was left in a view that the others have left finds them again. */
class StaleViewIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String room = "stale-" + UUID.randomUUID();
    private final List<JGroupsNetwork> networks = new ArrayList<>();
    private final List<List<Network.View>> views = new ArrayList<>();

    @AfterEach
    void close() {
        networks.forEach(JGroupsNetwork::close);
    }

    private JGroupsNetwork join(long id) {
        JGroupsNetwork network = JGroupsNetwork.open(
                new NetworkOptions(room, "n" + id, id, new NetworkOptions.Reach.ThisMachine(), null, null));
        List<Network.View> seen = new CopyOnWriteArrayList<>();
        networks.add(network);
        views.add(seen);
        network.connect(new Network.Receiver() {
            @Override
            public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {
                // Only views matter here.
            }

            @Override
            public void onView(Network.View view) {
                seen.add(view);
            }
        });
        return network;
    }

    private List<Long> lastOf(int index) {
        List<Network.View> seen = views.get(index);
        return seen.isEmpty() ? List.of() : seen.get(seen.size() - 1).members();
    }

    private void awaitAllSeeAll() {
        await().atMost(SOON).until(() -> views.stream().allMatch(seen ->
                !seen.isEmpty() && seen.get(seen.size() - 1).members().size() == networks.size()));
    }

    @Test
    void whoGivesUpAStaleViewIsAloneForAMomentAndThenMerged() {
        for (long id = 1; id <= 3; id++) {
            join(id);
        }
        awaitAllSeeAll();
        networks.get(0).forget(networks.get(2));
        networks.get(1).forget(networks.get(2));
        await().atMost(SOON).until(() -> lastOf(0).size() == 2 && lastOf(1).size() == 2);

        networks.get(2).lookForOthers();

        awaitAllSeeAll();
        assertThat(views.get(2)).extracting(Network.View::members).contains(List.of(3L));
        Network.View merged = views.get(2).get(views.get(2).size() - 1);
        assertThat(merged.representatives()).contains(3L).hasSize(2);
    }
}
