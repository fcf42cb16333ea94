package dev.parlor.internal.net.jgroups.roaming;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What members say of their connections, with the address that who says it gives for itself: that it has opened this one, or that nothing
 * has come on the one that the other has opened.
 */
final class Hello {
    /** No version of JGroups begins so. */
    private static final byte[] OPENED = {'P', 'H'};
    private static final byte[] UNHEARD = {'P', 'N'};
    /** Two bytes, an address of IPv6 and its length, a port. */
    static final int MAX_BYTES = 32;

    private Hello() {}

    static byte[] opened(@Nullable IpAddress given) {
        return of(OPENED, given);
    }

    /** I am heard by who says this, and nothing of mine has come on the connection. */
    static byte[] unheard(@Nullable IpAddress given) {
        return of(UNHEARD, given);
    }

    private static byte[] of(byte[] head, @Nullable IpAddress given) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAX_BYTES);
        bytes.writeBytes(head);
        if (given != null) {
            try {
                given.writeTo(new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes.toByteArray();
    }

    static boolean isOne(byte[] data, int offset, int length) {
        return begins(OPENED, data, offset, length) || begins(UNHEARD, data, offset, length);
    }

    static boolean isUnheard(byte[] data, int offset, int length) {
        return begins(UNHEARD, data, offset, length);
    }

    private static boolean begins(byte[] head, byte[] data, int offset, int length) {
        return length >= head.length && length <= MAX_BYTES && Arrays.equals(data, offset, offset + head.length, head, 0, head.length);
    }

    /**
     * The address that is said.
     *
     * @throws IOException if it is none
     */
    static IpAddress read(byte[] data, int offset, int length) throws IOException {
        IpAddress address = new IpAddress();
        address.readFrom(new ByteArrayDataInputStream(data, offset + OPENED.length, length - OPENED.length));
        return address;
    }
}
