package dev.parlor.internal.net;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which group to join and how.
 *
 * @param room the room's name
 * @param displayName for logs
 * @param self the participant's id
 * @param reach who can be met
 * @param networkInterface name or address of the interface, null to choose
 * @param port to listen at, {@link #ANY_PORT} to choose
 * @param passphrase null for an open room
 */
public record NetworkOptions(String room, String displayName, long self, Reach reach, @Nullable String networkInterface,
        int port, char @Nullable [] passphrase) {
    /** Of {@link #port}: any. */
    public static final int ANY_PORT = 0;

    /** The same, to be kept: the passphrase is not kept longer than it is needed. */
    public NetworkOptions withoutPassphrase() {
        return new NetworkOptions(room, displayName, self, reach, networkInterface, port, null);
    }

    /** Who can be met. */
    public sealed interface Reach {
        /** Programs on this machine. */
        record ThisMachine() implements Reach {}

        /**
         * Programs on networks that this machine is on, found by any of these ways.
         *
         * @param multicast those whom multicast reaches
         * @param hosts those on known hosts
         * @param folders those who have written their address into the same folder
         * @param finders those whom what is plugged in finds
         */
        record Networks(boolean multicast, List<String> hosts, List<Path> folders, List<Finder> finders) implements Reach {
            /** By none yet. */
            public static final Networks NONE = new Networks(false, List.of(), List.of(), List.of());

            public Networks {
                hosts = List.copyOf(hosts);
                folders = List.copyOf(folders);
                finders = List.copyOf(finders);
            }

            /** By multicast as well. */
            public Networks withMulticast() {
                return new Networks(true, hosts, folders, finders);
            }

            /** On these hosts as well, in place of others. */
            public Networks withHosts(List<String> known) {
                return new Networks(multicast, known, folders, finders);
            }

            /** By this folder as well. */
            public Networks withFolder(Path shared) {
                return new Networks(multicast, hosts, Stream.concat(folders.stream(), Stream.of(shared)).distinct().toList(), finders);
            }

            /** By what is plugged in as well. */
            public Networks withFinder(Finder plugged) {
                return new Networks(multicast, hosts, folders, Stream.concat(finders.stream(), Stream.of(plugged)).distinct().toList());
            }
        }

        /** Programs that use the same routers. */
        record Routers(List<String> routers) implements Reach {}

        /** Whoever the stack meets. */
        record Stack(String location) implements Reach {}
    }
}
