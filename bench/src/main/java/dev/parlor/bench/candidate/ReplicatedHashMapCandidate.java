package dev.parlor.bench.candidate;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.blocks.ReplicatedHashMap;

/** The replicated map that comes with JGroups, asynchronous as it is by default. */
final class ReplicatedHashMapCandidate implements MapCandidate {
    private static final long STATE_TIMEOUT_MILLIS = 30_000;

    private JChannel channel;
    private ReplicatedHashMap<String, byte[]> map;

    @Override
    public void join(Place place) throws Exception {
        channel = Stacks.udp(place);
        channel.connect(place.name());
        map = new ReplicatedHashMap<>(channel);
        map.start(STATE_TIMEOUT_MILLIS);
    }

    @Override
    public int members() {
        return channel.getView().size();
    }

    @Override
    public void put(String key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public Map<String, byte[]> map() {
        return map;
    }

    @Override
    public void onPut(BiConsumer<String, byte[]> listener) {
        map.addNotifier(new ReplicatedHashMap.Notification<String, byte[]>() {
            @Override
            public void entrySet(String key, byte[] value) {
                listener.accept(key, value);
            }

            @Override
            public void entryRemoved(String key) {}

            @Override
            public void viewChange(View view, List<Address> joined, List<Address> left) {}

            @Override
            public void contentsSet(Map<String, byte[]> entries) {}

            @Override
            public void contentsCleared() {}
        });
    }

    @Override
    public void close() {
        map.stop();
        channel.close();
    }
}
