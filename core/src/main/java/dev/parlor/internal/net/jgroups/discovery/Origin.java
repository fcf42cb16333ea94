package dev.parlor.internal.net.jgroups.discovery;

import dev.parlor.internal.net.doctor.PeerSeen.State;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher;
import dev.parlor.internal.net.jgroups.secure.Keyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a datagram of discovery comes from, by its first bytes: what a room itself throws away unread tells an onlooker much.
 *
 * @param state whether it is understood
 * @param detail what is known of a format that is not
 */
record Origin(State state, String detail) {
    /** In all datagrams: the port at which who sent it is asked. */
    private static final int PORT_BYTES = Short.BYTES;
    /** How the names of all open rooms begin. */
    private static final byte[] ANY_ROOM = "parlor-".getBytes(StandardCharsets.US_ASCII);
    /** Shown of what is of no known kind. */
    private static final int SHOWN_BYTES = 4;
    private static final Origin READABLE = new Origin(State.READABLE, "");

    /** Of a whole datagram; null if it is of another room. */
    static @Nullable Origin of(Ways ways, byte[] datagram) {
        int length = datagram.length - PORT_BYTES;
        if (length <= 0) {
            return null;
        }
        boolean sealed = DatagramCipher.startsWith(ways.sealedHead(), datagram, PORT_BYTES, length);
        byte[] name = ways.clusterName().getBytes(StandardCharsets.US_ASCII);
        Keyring keys = ways.keys();
        if (sealed) {
            return keys == null ? new Origin(State.HAS_PASSPHRASE, "")
                    : keys.open(datagram, PORT_BYTES, length) == null ? new Origin(State.OTHER_PASSPHRASE, "") : READABLE;
        }
        if (DatagramCipher.startsWith(name, datagram, PORT_BYTES, length)) {
            return keys == null ? READABLE : new Origin(State.NO_PASSPHRASE, "");
        }
        if (DatagramCipher.startsWith(ANY_ROOM, datagram, PORT_BYTES, length)) {
            return null;
        }
        if (datagram[PORT_BYTES] == ways.sealedHead()[0] && length >= DatagramCipher.HEAD_BYTES) {
            int version = datagram[PORT_BYTES + 1] & 0xFF;
            return version == (ways.sealedHead()[1] & 0xFF) ? null
                    : new Origin(State.OTHER_VERSION, "version " + version + " of the format of rooms with a passphrase");
        }
        return new Origin(State.UNREADABLE, "datagrams that begin with " + HexFormat.of().formatHex(datagram, PORT_BYTES,
                PORT_BYTES + Math.min(SHOWN_BYTES, length)));
    }

    /** Whether somebody else looks at the network of the open room of this name. */
    static boolean isOfOpenOutsider(Ways ways, byte[] datagram) {
        try {
            Datagram said = Datagram.decode(Arrays.copyOfRange(datagram, PORT_BYTES + ways.clusterName().length(), datagram.length));
            return said != null && said.isOfOutsider();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Of what was in a datagram that was understood so far, and is no word of discovery of this version. */
    static Origin ofContent(byte[] content) {
        try {
            return new Origin(State.OTHER_VERSION, "the format of JGroups " + Datagram.versionOf(content));
        } catch (IOException | RuntimeException e) {
            return new Origin(State.OTHER_VERSION, "another format of discovery");
        }
    }
}
