package dev.parlor.bench.candidate;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import com.hazelcast.topic.ITopic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Hazelcast's ReplicatedMap and its topics, found by multicast; many puts by putAll, as its manual advises. */
final class HazelcastCandidate implements MapCandidate {
    /** Puts handed over by one putAll. */
    private static final int BATCH = 1_000;

    private HazelcastInstance instance;
    private ReplicatedMap<String, byte[]> map;
    private ITopic<byte[]> topic;
    private final Map<String, byte[]> batch = new HashMap<>();

    @Override
    public void join(Place place) {
        Config config = new Config();
        config.setClusterName(place.name() + place.port());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(place.port()).getInterfaces().setEnabled(true).addInterface(Place.BIND);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(true).setLoopbackModeEnabled(true).setMulticastGroup(place.multicast())
                .setMulticastPort(place.port()).setMulticastTimeToLive(0);
        instance = Hazelcast.newHazelcastInstance(config);
        map = instance.getReplicatedMap("data");
        topic = instance.getTopic("messages");
    }

    @Override
    public int members() {
        return instance.getCluster().getMembers().size();
    }

    @Override
    public void put(String key, byte[] value) {
        if (batch.containsKey(key)) {
            // Each put is one for each system.
            flush();
        }
        batch.put(key, value);
        if (batch.size() == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (batch.size() == 1) {
            batch.forEach(map::put);
        } else if (!batch.isEmpty()) {
            map.putAll(batch);
        }
        batch.clear();
    }

    @Override
    public Map<String, byte[]> map() {
        return map;
    }

    @Override
    public void onPut(BiConsumer<String, byte[]> listener) {
        map.addEntryListener(new EntryAdapter<String, byte[]>() {
            @Override
            public void onEntryEvent(EntryEvent<String, byte[]> event) {
                if (!event.getMember().localMember() && event.getValue() != null) {
                    listener.accept(event.getKey(), event.getValue());
                }
            }
        });
    }

    @Override
    public boolean hasMessages() {
        return true;
    }

    @Override
    public void send(byte[] payload) {
        topic.publish(payload);
    }

    @Override
    public void onMessage(Consumer<byte[]> listener) {
        topic.addMessageListener(message -> {
            if (!message.getPublishingMember().localMember()) {
                listener.accept(message.getMessageObject());
            }
        });
    }

    @Override
    public void close() {
        instance.shutdown();
    }
}
