package dev.parlor.internal.net.jgroups.secure;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.RoomKey;
import dev.parlor.internal.net.jgroups.secure.DatagramCipher.Opened;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.FutureTask;
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
    private final byte[] head;
    private final RoomKey source;
    /** Makes the first pair, as soon as somebody needs it. */
    private final FutureTask<Held> first = new FutureTask<>(this::begin);
    /** Null before that. */
    private volatile @Nullable Held held;
    private volatile boolean closed;
    /** Made for the key that is accepted next, or null. */
    private @Nullable Key prepared;

    /**
     * The keys of a room.
     *
     * @param source of the first, for which is waited when it is needed; closed with this
     */
    public Keyring(String room, RoomKey source) {
        this.room = room;
        this.head = DatagramCipher.headOf(room);
        this.source = source;
    }

    /** Of a key that is there. */
    public Keyring(String room, byte[] key) {
        this(room, new RoomKey() {
            @Override
            public byte[] get() {
                return key.clone();
            }

            @Override
            public void close() {
                // It is somebody else's.
            }
        });
    }

    private Held begin() {
        Held made = new Held(key(source.get()), null);
        held = made;
        return made;
    }

    private Key key(byte[] bytes) {
        return new Key(bytes, DatagramCipher.of(bytes, room));
    }

    /** Waits for the key. */
    public void await() {
        held();
    }

    private Held held() {
        Held now = held;
        if (now != null) {
            return now;
        }
        first.run();
        RoomKeys.result(first);
        return Objects.requireNonNull(held);
    }

    public byte[] seal(byte kind, byte[] data, int offset, int length) throws GeneralSecurityException {
        return held().used().cipher().seal(kind, data, offset, length);
    }

    /** What is within, or null if it was not sealed under a key of this room that is taken now. */
    public @Nullable Opened open(byte[] sealed, int offset, int length) {
        if (closed) {
            return null;
        }
        Held now = held();
        Opened opened = open(now, sealed, offset, length);
        Held later = held();
        // A change of keys in between may have moved the right one to where it was looked for before.
        return opened == null && later != now ? open(later, sealed, offset, length) : opened;
    }

    private static @Nullable Opened open(Held keys, byte[] sealed, int offset, int length) {
        Opened opened = keys.used().cipher().open(sealed, offset, length);
        Key second = keys.second();
        return opened == null && second != null ? second.cipher().open(sealed, offset, length) : opened;
    }

    public boolean isOfThisRoom(byte[] datagram, int offset, int length) {
        return DatagramCipher.startsWith(head, datagram, offset, length);
    }

    /** Whether it says that it was sealed here. */
    boolean isOwn(byte[] datagram, int offset, int length) {
        Held now = held();
        Key second = now.second();
        return now.used().cipher().isOwn(datagram, offset, length) || second != null && second.cipher().isOwn(datagram, offset, length);
    }

    byte[] head() {
        return head.clone();
    }

    @Override
    public byte[] derive(char[] passphrase) {
        return DatagramCipher.keyOf(passphrase, room);
    }

    @Override
    public void prepare(byte[] key) {
        Key made = key(key);
        synchronized (this) {
            prepared = made;
        }
    }

    @Override
    public synchronized void accept(byte[] key) {
        // Of two changes at once the later one has taken the place of the earlier, which makes its own here.
        Key ready = prepared != null && Arrays.equals(prepared.bytes(), key) ? prepared
                : key(key);
        prepared = null;
        held = new Held(held().used(), ready);
    }

    @Override
    public synchronized void use(byte[] key) {
        Key second = held().second();
        if (second != null && Arrays.equals(second.bytes(), key)) {
            held = new Held(second, held().used());
        }
    }

    @Override
    public synchronized void forget(byte[] key) {
        Key second = held().second();
        if (second != null && Arrays.equals(second.bytes(), key)) {
            held = new Held(held().used(), null);
        }
    }

    @Override
    public byte[] used() {
        return held().used().bytes();
    }

    /** Nothing is opened any more, and the key of the room's passphrase is overwritten. What is still sent is sealed as before. */
    public void close() {
        closed = true;
        source.close();
        Held last = held;
        if (last != null) {
            Arrays.fill(last.used().bytes(), (byte) 0);
            Key second = last.second();
            if (second != null) {
                Arrays.fill(second.bytes(), (byte) 0);
            }
        }
    }
}
