package dev.parlor.internal.net.jgroups.secure;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parlor.Bounds;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;

/** What a secure transport receives: datagrams of anybody, changed ones of a member's, and whatever a member seals. */
class SealedLinkFuzz {
    private static final byte[] KEY = DatagramCipher.keyOf("open sesame".toCharArray(), "cave");
    private static final Keyring KEYS = new Keyring("cave", KEY);
    private static final PhysicalAddress SOMEWHERE = new IpAddress(InetAddress.getLoopbackAddress(), 9);

    private final List<byte[]> answers = new ArrayList<>();
    private long nanos;
    private final SealedLink link = new SealedLink(KEYS, new Strangers("parlor-cave", () -> nanos),
            (to, sealed) -> answers.add(sealed), () -> nanos);

    private byte[] opened(byte[] datagram) {
        nanos += 1_000_000_000L;
        answers.clear();
        return link.open(SOMEWHERE, datagram, 0, datagram.length);
    }

    /** Of each input the first byte says whose datagrams it is about. */
    @FuzzTest
    void datagrams(FuzzedDataProvider data) throws GeneralSecurityException {
        switch (data.consumeInt(0, 2)) {
            case 0 -> anybodys(data.consumeRemainingAsBytes());
            case 1 -> changed(data);
            default -> sealed(data);
        }
    }

    private void anybodys(byte[] datagram) {
        Bounds.check(datagram.length, () -> {
            if (opened(datagram) != null) {
                throw new AssertionError("taken, from somebody without the passphrase");
            }
            return null;
        });
    }

    /** A member's datagram, of which some bytes were changed on the way. */
    private void changed(FuzzedDataProvider data) throws GeneralSecurityException {
        DatagramCipher member = DatagramCipher.of(KEY, "cave");
        byte kind = data.consumeByte();
        byte[] content = data.consumeBytes(64);
        byte[] sealed = member.seal(kind, content, 0, content.length);
        byte[] changed = sealed.clone();
        while (data.remainingBytes() > 0) {
            changed[data.consumeInt(0, changed.length - 1)] = data.consumeByte();
        }
        if (!Arrays.equals(sealed, changed)) {
            Bounds.check(changed.length, () -> {
                if (KEYS.open(changed, 0, changed.length) != null) {
                    throw new AssertionError("opened, though it was changed");
                }
                return opened(changed);
            });
        }
    }

    /** What a member seals, of any kind: it is asked first whether it is there, whatever it says. */
    private void sealed(FuzzedDataProvider data) throws GeneralSecurityException {
        DatagramCipher member = DatagramCipher.of(KEY, "cave");
        while (data.remainingBytes() > 0) {
            byte kind = data.consumeByte();
            byte[] content = data.consumeBytes(64);
            byte[] datagram = member.seal(kind, content, 0, content.length);
            Bounds.check(datagram.length, () -> {
                if (opened(datagram) != null) {
                    throw new AssertionError("taken, from somebody who may be a recording");
                }
                return null;
            });
        }
    }
}
