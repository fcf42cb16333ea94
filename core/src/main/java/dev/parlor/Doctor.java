package dev.parlor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says why somebody is not met on a network. It looks at this machine (interfaces, ports, multicast, buffers, its own name) and, where
 * the room is looked for on networks, asks for its programs as an outsider: it does not join the room, takes part in nothing, and is
 * seen by none of its participants. Use it when {@link RoomStatus#ALONE} is not what you expect, or when a join ends in {@link
 * JoinException.Reason#NO_NETWORK}, {@link JoinException.Reason#TIMEOUT} or {@link JoinException.Reason#WRONG_PASSPHRASE}.
 *
 * <pre>{@code
 * DoctorReport report = Doctor.examine(Room.named("lounge").lan());
 * System.out.println(report);
 * }</pre>
 *
 * <p>It can run while this or another program of this machine is in the room. Where the room has another passphrase than the builder, its
 * participants count it as a stranger ({@link RoomStats#strangersRefused}) and may warn of it ({@link Warning.Kind#INTRUDER}), and
 * somebody else who looks at the same moment takes it for one of them. What happened earlier, such as sleep or a VPN that is closed, it
 * cannot know. It connects to the ports of those it hears, and of the hosts that were named, says nothing on these connections, and
 * sends some tens of datagrams, with hosts named without a port some hundreds.
 *
 * <p>Thread-safe.
 */
public final class Doctor {
    private static final String IMPLEMENTATION = "dev.parlor.internal.door.DoctorDoor";

    private Doctor() {}

    /** Loaded when the first report is asked for. */
    private static final class Opened {
        static final Function<RoomBuilder, Supplier<DoctorReport>> DOOR = Door.find(IMPLEMENTATION);
    }

    /**
     * Looks at the network of a room and waits for the report: about five seconds where others are looked for ({@link
     * RoomBuilder#lan}, {@link RoomBuilder#hosts}, {@link RoomBuilder#folder}), up to one second more with a passphrase or a slow name
     * server; under a second otherwise. Not for the thread of a user interface; see {@link #examineAsync}.
     *
     * @param builder how the room would be joined; it is only read. Its passphrase is used and is not in the report
     * @return what was found
     * @throws InvalidArgumentException if the builder is null, is of a made-up network such as the testkit's, or names a host that is none
     * @throws JoinException if no datagram can be sent from this machine ({@link JoinException.Reason#NO_NETWORK}), or JGroups cannot be
     *     used ({@link JoinException.Reason#WRONG_JGROUPS}, {@link JoinException.Reason#DESERIALIZATION_OPEN})
     * @throws WaitInterruptedException if the thread is interrupted, with the interrupt flag set again; nothing is left open
     */
    public static DoctorReport examine(RoomBuilder builder) {
        return begin(builder).get();
    }

    /**
     * Looks at the network of a room without waiting, on a daemon thread of its own.
     *
     * @param builder as for {@link #examine}; read before this returns, so that it may be changed then
     * @return completed with the report, exceptionally with what {@link #examine} throws. To cancel it does not end the look, which ends
     *     by itself
     * @throws InvalidArgumentException if the builder is null
     */
    public static CompletableFuture<DoctorReport> examineAsync(RoomBuilder builder) {
        return CompletableFuture.supplyAsync(begin(builder), task -> {
            Thread thread = new Thread(task, "parlor-doctor-async");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static Supplier<DoctorReport> begin(RoomBuilder builder) {
        Require.present(builder, "the builder", "pass one such as Room.named(\"lounge\").lan()");
        return Opened.DOOR.apply(builder);
    }
}
