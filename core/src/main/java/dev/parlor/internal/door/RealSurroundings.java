package dev.parlor.internal.door;

import dev.parlor.Room;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;
import dev.parlor.internal.net.RoomKey;
import dev.parlor.internal.net.doctor.Observations;
import dev.parlor.internal.net.jgroups.JGroupsNetwork;
import dev.parlor.internal.net.jgroups.JGroupsOutlook;
import dev.parlor.internal.net.jgroups.JGroupsVersion;
import dev.parlor.internal.net.jgroups.PassphraseKeys;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.thread.Environment;
import dev.parlor.internal.thread.Threads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A program's: JGroups, the system's clocks, threads of the JVM. The one place where a room meets them. */
final class RealSurroundings implements Surroundings {
    @Override
    public long newId() {
        return 1 + new SecureRandom().nextLong(Stamp.MAX_AUTHOR);
    }

    @Override
    public Environment environment(long self, @Nullable Executor events) {
        return Threads.forRoom(events);
    }

    @Override
    public Network network(NetworkOptions options) {
        JGroupsVersion.require(options.room());
        return JGroupsNetwork.open(options);
    }

    @Override
    public Function<NetworkOptions, Network> opening(String room, char @Nullable [] passphrase) {
        if (passphrase == null) {
            return this::network;
        }
        RoomKey key = PassphraseKeys.begin(passphrase, room);
        return options -> {
            try {
                JGroupsVersion.require(options.room());
                return JGroupsNetwork.open(options, key);
            } catch (RuntimeException | Error e) {
                key.close();
                throw e;
            }
        };
    }

    @Override
    public void joined(Room room) {
        Loading.joined();
    }

    @Override
    public Observations observe(NetworkOptions options, Duration skew) {
        JGroupsVersion.require(options.room());
        return JGroupsOutlook.observe(options, skew);
    }
}
