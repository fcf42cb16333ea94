package dev.parlor.internal.net.jgroups.secure;

import dev.parlor.internal.net.DaemonThreads;
import dev.parlor.internal.net.RoomKey;
import dev.parlor.internal.net.jgroups.address.RoomAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Derives the keys of rooms, each on a thread of its own beside whatever else a join needs, and each once in this JVM for as
 * long as somebody here needs it: a room that is open, or one that is being joined. Then it is overwritten.
 *
 * <p>By what a key is found again must not give the passphrase away to who reads the memory. So it is derived from passphrase and
 * room as well, under a salt of this JVM; in fewer steps, since each join makes it. Thread-safe.
 */
public final class RoomKeys {
    /** So many keys are kept at most; what is beyond is derived each time. More than a program has rooms. */
    static final int MAX_KEPT = 256;
    /** Of what a key is found by: a sixtieth of those of the key itself, 2 ms. */
    private static final int LOOKUP_ITERATIONS = 10_000;
    private static final int SALT_BYTES = 16;
    private static final String THREAD = "parlor-key";
    static final RoomKeys OF_THIS_JVM = new RoomKeys(DatagramCipher::keyOf);

    /** How a key follows from a passphrase and the name of a room. */
    interface Derivation {
        byte[] derive(char[] passphrase, String room);
    }

    /** A key that several may hold. The first of them derives it, the others wait for that. */
    private final class Shared {
        private final ByteBuffer foundBy;
        private final FutureTask<@Nullable Void> key;
        /** These two are guarded by the keys; null until it is derived. */
        private int holders;
        private byte @Nullable [] bytes;

        Shared(ByteBuffer foundBy, char[] passphrase, String room) {
            this.foundBy = foundBy;
            this.key = new FutureTask<>(() -> {
                byte[] derived = derivation.derive(passphrase, room);
                synchronized (RoomKeys.this) {
                    bytes = derived;
                }
            }, null);
        }
    }

    private final Derivation derivation;
    /** Those that somebody holds. Guarded by this, as are the plain fields of each lease. */
    private final Map<ByteBuffer, Shared> kept = new HashMap<>();
    private byte @Nullable [] salt;

    RoomKeys(Derivation derivation) {
        this.derivation = derivation;
    }

    /**
     * Begins to derive a key.
     *
     * @param passphrase may be changed afterwards
     * @return the key, to be closed when it is not needed any more
     */
    public static RoomKey begin(char[] passphrase, String room) {
        return OF_THIS_JVM.of(passphrase, room);
    }

    RoomKey of(char[] passphrase, String room) {
        Lease lease = new Lease(passphrase.clone(), room);
        try {
            DaemonThreads.of(() -> {
                try {
                    WarmUp.load();
                } finally {
                    lease.deriving.run();
                }
            }, THREAD).start();
        } catch (OutOfMemoryError noThread) {
            lease.deriving.run();
        }
        return lease;
    }

    /** How many are kept. */
    synchronized int kept() {
        return kept.size();
    }

    private ByteBuffer foundBy(char[] passphrase, String room) {
        return ByteBuffer.wrap(Pbkdf2.derive(passphrase, RoomAddress.sha256(salt(), room.getBytes(StandardCharsets.UTF_8)), LOOKUP_ITERATIONS));
    }

    private synchronized byte[] salt() {
        if (salt == null) {
            salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
        }
        return salt;
    }

    private synchronized Shared share(ByteBuffer foundBy, char[] passphrase, String room) {
        Shared shared = kept.get(foundBy);
        if (shared == null) {
            shared = new Shared(foundBy, passphrase, room);
            if (kept.size() < MAX_KEPT) {
                kept.put(foundBy, shared);
            }
        }
        shared.holders++;
        return shared;
    }

    private synchronized void giveBack(Shared shared) {
        if (--shared.holders == 0) {
            kept.remove(shared.foundBy, shared);
            erase(shared.bytes);
        }
    }

    private static void erase(byte @Nullable [] key) {
        if (key != null) {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Waits, also where the thread is interrupted, which it still is afterwards: it takes a part of a second at most. */
    static <T extends @Nullable Object> T result(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What one room holds. */
    private final class Lease implements RoomKey {
        private final char[] passphrase;
        private final String room;
        private final FutureTask<@Nullable Void> deriving = new FutureTask<>(this::derive, null);
        /** These two are guarded by the keys. */
        private @Nullable Shared held;
        private boolean closed;

        Lease(char[] passphrase, String room) {
            this.passphrase = passphrase;
            this.room = room;
        }

        private void derive() {
            try {
                Shared shared = share(foundBy(passphrase, room), passphrase, room);
                boolean derived = false;
                try {
                    shared.key.run();
                    result(shared.key);
                    derived = hold(shared);
                } finally {
                    if (!derived) {
                        giveBack(shared);
                    }
                }
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }

        private boolean hold(Shared shared) {
            synchronized (RoomKeys.this) {
                held = closed ? null : shared;
                return !closed;
            }
        }

        @Override
        public byte[] get() {
            result(deriving);
            synchronized (RoomKeys.this) {
                if (held == null || held.bytes == null) {
                    throw new IllegalStateException("the key of the room \"" + room + "\" was given back");
                }
                return held.bytes.clone();
            }
        }

        @Override
        public void close() {
            synchronized (RoomKeys.this) {
                closed = true;
                Shared given = held;
                held = null;
                if (given != null) {
                    giveBack(given);
                }
            }
        }
    }
}
