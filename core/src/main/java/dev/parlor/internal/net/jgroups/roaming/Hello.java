package dev.parlor.internal.net.jgroups.roaming;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jspecify.annotations.Nullable;

/** What a connection begins with: the address that who opens it gives for itself. */
final class Hello {
    /** No version of JGroups begins so. */
    private static final byte[] HEAD = {'P', 'H'};
    /** Two bytes, an address of IPv6 and its length, a port. */
    static final int MAX_BYTES = 32;

    private Hello() {}

    static byte[] of(@Nullable IpAddress given) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAX_BYTES);
        bytes.write(HEAD);
        if (given != null) {
            given.writeTo(new DataOutputStream(bytes));
        }
        return bytes.toByteArray();
    }

    static boolean isOne(byte[] data, int offset, int length) {
        return length >= HEAD.length && length <= MAX_BYTES
                && Arrays.equals(data, offset, offset + HEAD.length, HEAD, 0, HEAD.length);
    }

    /**
     * The address that is said.
     *
     * @throws IOException if it is none
     */
    static IpAddress read(byte[] data, int offset, int length) throws IOException {
        IpAddress address = new IpAddress();
        address.readFrom(new ByteArrayDataInputStream(data, offset + HEAD.length, length - HEAD.length));
        return address;
    }
}
