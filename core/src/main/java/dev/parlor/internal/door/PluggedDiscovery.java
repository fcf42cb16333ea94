package dev.parlor.internal.door;

import dev.parlor.PeerDiscovery;
import dev.parlor.internal.net.Finder;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An application's way to find others, as the network knows it. */
record PluggedDiscovery(PeerDiscovery way) implements Finder {
    @Override
    public @Nullable Search open(String room, String self) throws Exception {
        PeerDiscovery.@Nullable Search opened = way.open(room, self);
        return opened == null ? null : new Plugged(opened);
    }

    private record Plugged(PeerDiscovery.Search search) implements Search {
        @Override
        public @Nullable Collection<? extends @Nullable InetSocketAddress> exchange(Set<InetSocketAddress> own) throws Exception {
            return search.exchange(own);
        }

        @Override
        public void close() throws Exception {
            search.close();
        }
    }

    @Override
    public String toString() {
        try {
            return String.valueOf(way);
        } catch (RuntimeException e) {
            return way.getClass().getName();
        }
    }
}
