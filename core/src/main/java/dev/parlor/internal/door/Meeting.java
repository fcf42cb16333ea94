package dev.parlor.internal.door;

import dev.parlor.InvalidArgumentException;
import dev.parlor.PeerDiscovery;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.NetworkOptions.Reach;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is met and where, as a builder is told call by call. Not thread-safe. */
final class Meeting {
    /** Each costs a connection, and a second one serves for when the first ends. */
    private static final int MAX_ROUTERS = 8;
    private static final int MAX_PORT = 65_535;

    private Reach reach = new Reach.ThisMachine();
    private @Nullable String networkInterface;
    private int port = NetworkOptions.ANY_PORT;

    void lan() {
        reach = networks().withMulticast();
    }

    void hosts(String @Nullable [] hosts) {
        reach = networks().withHosts(present("hosts(…) needs at least one host, such as \"ada.local\"", hosts));
    }

    void folder(@Nullable Path shared) {
        if (shared == null) {
            throw new InvalidArgumentException("the folder must not be null: pass one that others have as well, such as "
                    + "Path.of(\"/mnt/share/rooms\")");
        }
        reach = networks().withFolder(shared);
    }

    void discovery(@Nullable PeerDiscovery way) {
        if (way == null) {
            throw new InvalidArgumentException("the discovery must not be null: leave the call out to find others by lan(), hosts(…) "
                    + "and folder(…) alone");
        }
        reach = networks().withFinder(new PluggedDiscovery(way));
    }

    /** Whatever was said before stands alone, or adds to this. */
    private Reach.Networks networks() {
        return reach instanceof Reach.Networks so ? so : Reach.Networks.NONE;
    }

    void via(String @Nullable [] routers) {
        List<String> named = present("via(…) needs at least one router, such as \"router.example.org:12001\"", routers);
        if (named.size() > MAX_ROUTERS) {
            throw new InvalidArgumentException("via(…) takes at most " + MAX_ROUTERS + " routers, got " + named.size()
                    + ": each participant keeps a connection to each, and two are enough for one to end");
        }
        reach = new Reach.Routers(named);
    }

    private static List<String> present(String needs, String @Nullable [] named) {
        if (named == null || named.length == 0 || Arrays.asList(named).contains(null)) {
            throw new InvalidArgumentException(needs + ", and none null, got " + Arrays.toString(named));
        }
        return List.of(named);
    }

    void stack(@Nullable String location) {
        if (location == null || location.isBlank()) {
            throw new InvalidArgumentException("stack(…) needs a file, a URL or classpath:name, got " + location);
        }
        reach = new Reach.Stack(location);
    }

    void port(int listenAt) {
        if (listenAt < 1 || listenAt > MAX_PORT) {
            throw new InvalidArgumentException("a port is from 1 to " + MAX_PORT + ", got " + listenAt
                    + ": leave the call out for one that Parlor chooses");
        }
        port = listenAt;
    }

    void networkInterface(@Nullable String nameOrAddress) {
        if (nameOrAddress == null) {
            throw new InvalidArgumentException("networkInterface(…) needs a name or an address, such as \"eth0\", got null: leave "
                    + "the call out for the one that Parlor chooses");
        }
        networkInterface = nameOrAddress;
    }

    /** Whether people whom nobody has named can come. */
    boolean isPublic() {
        return reach instanceof Reach.Networks networks && (networks.multicast() || !networks.finders().isEmpty()) || reach instanceof Reach.Routers;
    }

    NetworkOptions options(String room, String displayName, long self, char @Nullable [] passphrase) {
        return new NetworkOptions(room, displayName, self, reach, networkInterface, port, passphrase);
    }
}
