package dev.parlor.internal.net.jgroups;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jgroups.protocols.TP;

/** Members of one group on this machine, and the views that each has seen. */
public final class Members implements AutoCloseable {
    private final String room = "members-" + UUID.randomUUID();
    private final List<JGroupsNetwork> networks = new ArrayList<>();
    private final List<List<Network.View>> views = new ArrayList<>();
    private final NetworkOptions.Reach reach;

    public Members() {
        this(new NetworkOptions.Reach.ThisMachine());
    }

    public Members(NetworkOptions.Reach reach) {
        this.reach = reach;
    }

    /** @param passphrase null for an open group */
    public JGroupsNetwork join(long id, String passphrase) {
        return join(id, passphrase, frame -> {});
    }

    /** @param frames takes what others send to all */
    public JGroupsNetwork join(long id, String passphrase, Consumer<byte[]> frames) {
        JGroupsNetwork network = JGroupsNetwork.open(new NetworkOptions(room, "n" + id, id,
                reach, null, NetworkOptions.ANY_PORT, passphrase == null ? null : passphrase.toCharArray()));
        List<Network.View> seen = new CopyOnWriteArrayList<>();
        networks.add(network);
        views.add(seen);
        network.connect(new Network.Receiver() {
            @Override
            public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {
                frames.accept(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void onView(Network.View view) {
                seen.add(view);
            }
        });
        return network;
    }

    /** How a member sends and receives, for tests that break it. */
    public static TP transport(JGroupsNetwork network) {
        return network.transport();
    }

    /** The last to join leaves. */
    public void leaveLast() {
        views.remove(views.size() - 1);
        networks.remove(networks.size() - 1).close();
    }

    public List<JGroupsNetwork> networks() {
        return networks;
    }

    public List<List<Network.View>> views() {
        return views;
    }

    /** Who is in the last view of one, by its place in the order of joining. */
    public List<Long> lastOf(int index) {
        List<Network.View> seen = views.get(index);
        return seen.isEmpty() ? List.of() : seen.get(seen.size() - 1).members();
    }

    public boolean allSeeAll() {
        for (int i = 0; i < networks.size(); i++) {
            if (lastOf(i).size() != networks.size()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        networks.forEach(JGroupsNetwork::close);
    }
}
