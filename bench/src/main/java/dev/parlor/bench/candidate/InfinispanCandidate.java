package dev.parlor.bench.candidate;

import java.util.function.BiConsumer;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;

/** Infinispan's embedded cache, replicated asynchronously to all, on its own UDP stack. */
final class InfinispanCandidate implements Candidate {
    private DefaultCacheManager manager;
    private Cache<String, byte[]> cache;

    @Override
    public void join(Place place) {
        System.setProperty("jgroups.bind.address", Place.BIND);
        System.setProperty("jgroups.bind_addr", Place.BIND);
        System.setProperty("jgroups.mcast_addr", place.multicast());
        System.setProperty("jgroups.mcast_port", Integer.toString(place.port()));
        GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
        global.transport().clusterName(place.name()).addProperty("configurationFile", "org/infinispan/configuration/default-jgroups-udp.xml");
        manager = new DefaultCacheManager(global.build());
        cache = manager.administration().withFlags(org.infinispan.commons.api.CacheContainerAdmin.AdminFlag.VOLATILE)
                .getOrCreateCache("data", new ConfigurationBuilder().clustering().cacheMode(CacheMode.REPL_ASYNC).build());
    }

    @Override
    public int members() {
        return manager.getMembers().size();
    }

    @Override
    public void put(String key, byte[] value) {
        cache.getAdvancedCache().withFlags(org.infinispan.context.Flag.IGNORE_RETURN_VALUES).put(key, value);
    }

    @Override
    public byte[] get(String key) {
        return cache.get(key);
    }

    @Override
    public int size() {
        return cache.getAdvancedCache().getDataContainer().size();
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> action) {
        cache.forEach(action);
    }

    @Override
    public void onPut(BiConsumer<String, byte[]> listener) {
        cache.addListener(new Puts(listener));
    }

    @Override
    public void close() {
        manager.stop();
    }

    /** Hears of all that is put; called by Infinispan. */
    @Listener(clustered = false, observation = Listener.Observation.POST)
    public static final class Puts {
        private final BiConsumer<String, byte[]> listener;

        Puts(BiConsumer<String, byte[]> listener) {
            this.listener = listener;
        }

        /** A key was put. */
        @CacheEntryCreated
        @CacheEntryModified
        public void put(CacheEntryEvent<String, byte[]> event) {
            if (!event.isOriginLocal()) {
                listener.accept(event.getKey(), event.getValue());
            }
        }
    }
}
