package dev.parlor.internal.net.jgroups.address;

import dev.parlor.internal.net.NetworkOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a room is: its cluster name and, of its own, a multicast address and port, all derived from the room's name and
 * its reach; not from its passphrase, so that who has another one meets those inside and can be told. On a shared
 * address every room would hear every other, which costs the square of their number; and Windows cannot bind to a
 * multicast address, so the port differs as well.
 *
 * @param clusterName of JGroups
 * @param multicastAddress in 239.192.0.0/14, the range for organizations' own use (RFC 2365)
 * @param multicastPort below the ports that systems give out by themselves
 * @param guardPort by which programs of one machine know whether another is in the room; see {@link MachineGuard}
 */
public record RoomAddress(String clusterName, String multicastAddress, int multicastPort, int guardPort) {
    private static final int FIRST_PORT = 20_000;
    private static final int FIRST_GUARD_PORT = 10_000;
    private static final int PORTS = 10_000;

    /** How the cluster names of all rooms begin. */
    public static final String CLUSTER_PREFIX = "parlor-";
    /** Of Parlor's own ports, at which programs listen on networks: registered to nobody in use. */
    private static final int FIRST_HOME_PORT = 7_900;
    private static final int HOME_PORTS = 100;

    /** Whoever can be met by whatever way is in the same cluster. */
    public static RoomAddress of(NetworkOptions options) {
        String reach = options.reach().getClass().getSimpleName();
        byte[] hash = sha256(("parlor/1/" + reach + "/" + options.room()).getBytes(StandardCharsets.UTF_8));
        int port = FIRST_PORT + Math.floorMod(ByteBuffer.wrap(hash, 4, 4).getInt(), PORTS);
        int guardPort = FIRST_GUARD_PORT + Math.floorMod(ByteBuffer.wrap(hash, 24, 4).getInt(), PORTS);
        String address = "239." + (192 + (hash[0] & 3)) + "." + (hash[1] & 0xFF) + "." + (1 + Math.floorMod(hash[2], 254));
        return new RoomAddress(CLUSTER_PREFIX + HexFormat.of().formatHex(hash, 8, 24), address, port, guardPort);
    }

    /**
     * The ports at which a program of this room listens, the first of them that is free: all of Parlor's, beginning with one that
     * follows from the room's name, so that of many rooms on a machine each is found at the first try.
     */
    public List<Integer> homePorts() {
        int first = Math.floorMod(multicastPort, HOME_PORTS);
        return IntStream.range(0, HOME_PORTS).mapToObj(i -> FIRST_HOME_PORT + (first + i) % HOME_PORTS).toList();
    }

    /** The group of IPv4 and one of IPv6 that follows from it, in the link's own range for groups that come and go (RFC 4291). */
    public List<InetAddress> multicastGroups() {
        try {
            InetAddress v4 = InetAddress.getByName(multicastAddress);
            byte[] four = v4.getAddress();
            byte[] six = new byte[16];
            six[0] = (byte) 0xFF;
            six[1] = 0x12;
            System.arraycopy(four, 0, six, 12, 4);
            return List.of(v4, InetAddress.getByAddress(six));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("it is an address and not a name", e);
        }
    }

    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
