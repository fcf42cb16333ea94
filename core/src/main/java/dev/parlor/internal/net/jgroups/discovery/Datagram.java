package dev.parlor.internal.net.jgroups.discovery;

import java.io.IOException;
import java.util.Arrays;
import org.jgroups.Message;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * What is said in discovery: a message of JGroups, with the way it went and who says it.
 *
 * @param way by which it was sent
 * @param multicasts whether who sent it also multicasts
 * @param sentMillis when it was sent by its sender's clock, in milliseconds since 1970
 * @param given the address that who sent it gives for itself
 */
public record Datagram(Way way, boolean multicasts, long sentMillis, IpAddress given, Message message) {
    /** How a datagram was sent. */
    public enum Way {
        /** To a multicast group. */
        MULTICAST,
        /** To all on a network. */
        BROADCAST,
        /** To one. */
        UNICAST
    }

    private static final int MULTICASTS = 0x80;
    private static final int HEAD_BYTES = 64;

    /** Who looks at the network without being in the room gives no port: it is answered, and not met, missed or asked. */
    boolean isOfOutsider() {
        return given.getPort() == 0;
    }

    byte[] encode() {
        try {
            ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(message.size() + HEAD_BYTES);
            out.writeByte(way.ordinal() | (multicasts ? MULTICASTS : 0));
            out.writeLong(sentMillis);
            given.writeTo(out);
            Util.writeMessage(message, out, true);
            return Arrays.copyOf(out.buffer(), out.position());
        } catch (IOException e) {
            throw new IllegalStateException("there is memory to write to", e);
        }
    }

    /**
     * In which version of JGroups' format it is.
     *
     * @throws IOException if it is no datagram of discovery
     */
    static String versionOf(byte[] bytes) throws IOException {
        ByteArrayDataInputStream in = new ByteArrayDataInputStream(bytes, 0, bytes.length);
        in.readUnsignedByte();
        in.readLong();
        new IpAddress().readFrom(in);
        return Version.print(in.readShort());
    }

    /**
     * What was said, or null if it is in another version of JGroups' format.
     *
     * @throws IOException if it is nothing of discovery
     */
    static @Nullable Datagram decode(byte[] bytes) throws IOException {
        ByteArrayDataInputStream in = new ByteArrayDataInputStream(bytes, 0, bytes.length);
        int first = in.readUnsignedByte();
        int way = first & ~MULTICASTS;
        if (way >= Way.values().length) {
            throw new IOException("there is no way " + way);
        }
        long sentMillis = in.readLong();
        IpAddress given = new IpAddress();
        given.readFrom(in);
        if (given.getIpAddress() == null || !Version.isBinaryCompatible(in.readShort())) {
            return null;
        }
        in.readByte();
        return new Datagram(Way.values()[way], (first & MULTICASTS) != 0, sentMillis, given, Said.read(in));
    }
}
