package dev.parlor.internal.net.jgroups.secure;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher.Opened;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a room: the one that it uses, and while its passphrase is changed a second one under which is opened what
 * comes: that which follows, or the one before. Thread-safe.
 */
public final class Keyring implements Network.Keys {
    private record Key(byte[] bytes, DatagramCipher cipher) {}

    /** @param second null, most of the time */
    private record Held(Key used, @Nullable Key second) {}

    private final String room;
    private volatile Held held;
    /** Made for the key that is accepted next, or null. */
    private @Nullable Key prepared;

    public Keyring(String room, byte[] key) {
        this.room = room;
        this.held = new Held(new Key(key, DatagramCipher.of(key, room)), null);
    }

    public byte[] seal(byte kind, byte[] data, int offset, int length) throws GeneralSecurityException {
        return held.used().cipher().seal(kind, data, offset, length);
    }

    /** What is within, or null if it was not sealed under a key of this room that is taken now. */
    public @Nullable Opened open(byte[] sealed, int offset, int length) {
        Held now = held;
        Opened opened = open(now, sealed, offset, length);
        Held later = held;
        // A change of keys in between may have moved the right one to where it was looked for before.
        return opened == null && later != now ? open(later, sealed, offset, length) : opened;
    }

    private static @Nullable Opened open(Held keys, byte[] sealed, int offset, int length) {
        Opened opened = keys.used().cipher().open(sealed, offset, length);
        Key second = keys.second();
        return opened == null && second != null ? second.cipher().open(sealed, offset, length) : opened;
    }

    public boolean isOfThisRoom(byte[] datagram, int offset, int length) {
        return held.used().cipher().isOfThisRoom(datagram, offset, length);
    }

    /** Whether it says that it was sealed here. */
    boolean isOwn(byte[] datagram, int offset, int length) {
        Held now = held;
        Key second = now.second();
        return now.used().cipher().isOwn(datagram, offset, length) || second != null && second.cipher().isOwn(datagram, offset, length);
    }

    byte[] head() {
        return held.used().cipher().head();
    }

    @Override
    public byte[] derive(char[] passphrase) {
        return DatagramCipher.keyOf(passphrase, room);
    }

    @Override
    public void prepare(byte[] key) {
        Key made = new Key(key, DatagramCipher.of(key, room));
        synchronized (this) {
            prepared = made;
        }
    }

    @Override
    public synchronized void accept(byte[] key) {
        // Of two changes at once the later one has taken the place of the earlier, which makes its own here.
        Key ready = prepared != null && Arrays.equals(prepared.bytes(), key) ? prepared
                : new Key(key, DatagramCipher.of(key, room));
        prepared = null;
        held = new Held(held.used(), ready);
    }

    @Override
    public synchronized void use(byte[] key) {
        Key second = held.second();
        if (second != null && Arrays.equals(second.bytes(), key)) {
            held = new Held(second, held.used());
        }
    }

    @Override
    public synchronized void forget(byte[] key) {
        Key second = held.second();
        if (second != null && Arrays.equals(second.bytes(), key)) {
            held = new Held(held.used(), null);
        }
    }

    @Override
    public byte[] used() {
        return held.used().bytes();
    }
}
