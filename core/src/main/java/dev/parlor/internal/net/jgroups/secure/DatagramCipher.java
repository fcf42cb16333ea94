package dev.parlor.internal.net.jgroups.secure;

import dev.parlor.internal.net.jgroups.address.RoomAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens datagrams with AES-256-GCM under a key derived from passphrase and room name by PBKDF2-HMAC-SHA256.
 *
 * <p>A GCM nonce must never repeat under one key, and all participants share the passphrase. So each sender draws a
 * random 128-bit salt at its start, seals under a key of its own (SHA-256 of the room's key and its salt, as in the
 * key derivation of SSH, RFC 4253 section 7.2), and counts its nonces. The salt travels with each datagram, and with it the
 * count, by which a datagram that comes twice is known. Protocol, room and kind are bound in as associated data. Thread-safe.
 */
public final class DatagramCipher {
    /** OWASP's figure of 2023 for PBKDF2-HMAC-SHA256; about 0.1 s, once a join ({@link RoomKeys}). */
    private static final int ITERATIONS = 600_000;
    static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_BYTES = 8;
    private static final int TAG_BYTES = 16;
    /** In the clear before all else: that it is of Parlor and of which version, and of which room; the key is not in it. */
    private static final int MAGIC = 0x50;
    private static final int VERSION = 1;
    private static final int ROOM_TAG_BYTES = 4;
    public static final int HEAD_BYTES = 2 + ROOM_TAG_BYTES;
    private static final int KIND_BYTES = 1;
    private static final int SALT_AT = HEAD_BYTES + KIND_BYTES;
    private static final int OVERHEAD_BYTES = SALT_AT + SALT_BYTES + COUNTER_BYTES + TAG_BYTES;
    /** What a datagram holds: anything of the transport's, a question whether somebody is there, its answer. */
    static final byte DATA = 0;
    static final byte QUESTION = 1;
    static final byte ANSWER = 2;
    /** Or a message of failure detection by sockets. */
    public static final byte DETECTION = 3;
    /** Or one of discovery, which goes beside the transport. */
    public static final byte DISCOVERY = 4;
    /** Other senders kept. Beyond it those are forgotten first who have not shown that they are there now. */
    static final int MAX_PEERS = 4_096;
    private static final String PROTOCOL = "parlor/1/";
    private static final byte[] SEALING = (PROTOCOL + "datagram").getBytes(StandardCharsets.UTF_8);

    /** A datagram that was sealed under this room's key: of which kind, by whom, which of its datagrams it is, and what it holds. */
    public record Opened(byte kind, Peer sender, long number, byte[] bytes) {}

    private final byte[] roomKey;
    private final byte[] associated;
    private final byte[] head;
    private final byte[] salt = new byte[SALT_BYTES];
    private final SecretKey sealingKey;
    private final AtomicLong counter = new AtomicLong(1);
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(DatagramCipher::newCipher);
    private final Map<ByteBuffer, Peer> peers = new ConcurrentHashMap<>();

    private DatagramCipher(byte[] roomKey, byte[] associated) {
        this.roomKey = roomKey;
        this.associated = associated;
        this.head = headOf(associated);
        new SecureRandom().nextBytes(salt);
        this.sealingKey = senderKey(salt, 0);
    }

    /** The key of a passphrase in a room. */
    public static byte[] keyOf(char[] passphrase, String room) {
        return Pbkdf2.derive(passphrase, nameOf(room), ITERATIONS);
    }

    /** A cipher under a key. */
    static DatagramCipher of(byte[] roomKey, String room) {
        return new DatagramCipher(roomKey, associatedOf(room));
    }

    private static byte[] nameOf(String room) {
        return RoomAddress.sha256((PROTOCOL + "passphrase/" + room).getBytes(StandardCharsets.UTF_8));
    }

    /** What every datagram of this room begins with, whatever the passphrase. */
    byte[] head() {
        return head.clone();
    }

    /** What the datagrams begin with of those who are in a room with a passphrase, whatever it is. */
    public static byte[] headOf(String room) {
        return headOf(associatedOf(room));
    }

    /** What the datagrams of all rooms with a passphrase begin with. */
    public static byte[] anyHead() {
        return new byte[] {MAGIC, VERSION};
    }

    private static byte[] headOf(byte[] associated) {
        return ByteBuffer.allocate(HEAD_BYTES).put((byte) MAGIC).put((byte) VERSION)
                .put(associated, 0, ROOM_TAG_BYTES).array();
    }

    private static byte[] associatedOf(String room) {
        return RoomAddress.sha256(SEALING, nameOf(room));
    }

    /** Whether a datagram says that it is of this room. Anybody can say so. */
    boolean isOfThisRoom(byte[] datagram, int offset, int length) {
        return startsWith(head, datagram, offset, length);
    }

    /** Whether it says that this cipher has sealed it. */
    boolean isOwn(byte[] datagram, int offset, int length) {
        return length >= OVERHEAD_BYTES && Arrays.equals(datagram, offset + SALT_AT, offset + SALT_AT + SALT_BYTES, salt, 0, SALT_BYTES);
    }

    public static boolean startsWith(byte[] head, byte[] datagram, int offset, int length) {
        return length >= head.length && Arrays.equals(datagram, offset, offset + head.length, head, 0, head.length);
    }

    /** Whether this is an answer of ours, which shows that we are there. */
    public static boolean isAnswer(byte[] sealed, int offset, int length) {
        return length > HEAD_BYTES && sealed[offset + HEAD_BYTES] == ANSWER;
    }

    /** Which of its sender's datagrams this is. */
    static long numberOf(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getLong(SALT_AT + SALT_BYTES);
    }

    /** Head, kind, salt, counter, ciphertext and tag. */
    byte[] seal(byte kind, byte[] data, int offset, int length) throws GeneralSecurityException {
        if (length >= WarmUp.LONG_BYTES) {
            WarmUp.begin();
        }
        byte[] sealed = new byte[length + OVERHEAD_BYTES];
        ByteBuffer start = ByteBuffer.wrap(sealed).put(head).put(kind).put(salt).putLong(counter.getAndIncrement());
        Cipher cipher = initialized(Cipher.ENCRYPT_MODE, sealingKey, sealed, 0);
        cipher.doFinal(data, offset, length, sealed, start.position());
        return sealed;
    }

    /** What is within, or null if it was not sealed under this room's key or has been changed. */
    @Nullable Opened open(byte[] sealed, int offset, int length) {
        if (length < OVERHEAD_BYTES || !isOfThisRoom(sealed, offset, length)) {
            return null;
        }
        int saltAt = offset + SALT_AT;
        int counterAt = saltAt + SALT_BYTES;
        int at = counterAt + COUNTER_BYTES;
        ByteBuffer sender = ByteBuffer.wrap(Arrays.copyOfRange(sealed, saltAt, counterAt));
        Peer known = peers.get(sender);
        Peer peer = known != null ? known : new Peer(senderKey(sealed, saltAt));
        if (length >= WarmUp.LONG_BYTES) {
            WarmUp.begin();
        }
        try {
            byte[] opened = initialized(Cipher.DECRYPT_MODE, peer.key(), sealed, offset)
                    .doFinal(sealed, at, offset + length - at);
            return new Opened(sealed[offset + HEAD_BYTES], known != null ? known : keep(sender, peer),
                    ByteBuffer.wrap(sealed, counterAt, COUNTER_BYTES).getLong(), opened);
        } catch (GeneralSecurityException forged) {
            return null;
        }
    }

    /** With the datagram's counter as nonce; protocol, room and the datagram's kind are authenticated. */
    private Cipher initialized(int mode, SecretKey key, byte[] sealed, int offset) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, offset + SALT_AT + SALT_BYTES, nonce, NONCE_BYTES - COUNTER_BYTES, COUNTER_BYTES);
        Cipher cipher = ciphers.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        cipher.updateAAD(sealed, offset + HEAD_BYTES, KIND_BYTES);
        return cipher;
    }

    /** Only of senders that have proved to know the key, so that strangers cannot fill the table. */
    private Peer keep(ByteBuffer sender, Peer peer) {
        if (peers.size() >= MAX_PEERS) {
            // Salts of old recordings, most likely: whoever sends them cannot show that it is there.
            peers.values().removeIf(each -> !each.isThere());
        }
        if (peers.size() >= MAX_PEERS) {
            peers.clear();
        }
        Peer first = peers.putIfAbsent(sender, peer);
        return first != null ? first : peer;
    }

    private SecretKey senderKey(byte[] bytes, int saltAt) {
        return new SecretKeySpec(RoomAddress.sha256(roomKey, SEALING,
                Arrays.copyOfRange(bytes, saltAt, saltAt + SALT_BYTES)), "AES");
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }
}
