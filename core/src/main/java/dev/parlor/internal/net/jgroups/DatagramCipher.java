package dev.parlor.internal.net.jgroups;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens datagrams with AES-256-GCM under a key derived from passphrase and room name by PBKDF2-HMAC-SHA256.
 *
 * <p>A GCM nonce must never repeat under one key, and all participants share the passphrase. So each sender draws a
 * random 128-bit salt at its start, seals under a key of its own (SHA-256 of the room's key and its salt, as in the
 * key derivation of SSH, RFC 4253 section 7.2), and counts its nonces. The salt travels with each datagram. Thread-safe.
 */
final class DatagramCipher {
    /** OWASP's figure of 2023 for PBKDF2-HMAC-SHA256; about 0.2 s, once a join. */
    private static final int ITERATIONS = 600_000;
    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_BYTES = 8;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD_BYTES = SALT_BYTES + COUNTER_BYTES + TAG_BYTES;
    /** Keys of other senders kept; beyond it the oldest are derived anew, which costs one hash. */
    private static final int MAX_PEER_KEYS = 1024;
    private static final byte[] SEALING = "parlor/1/datagram".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ADDRESSING = "parlor/1/address".getBytes(StandardCharsets.UTF_8);

    private final byte[] roomKey;
    private final byte[] salt = new byte[SALT_BYTES];
    private final SecretKey sealingKey;
    private final AtomicLong counter = new AtomicLong();
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(DatagramCipher::newCipher);
    private final java.util.Map<ByteBuffer, SecretKey> peerKeys = new java.util.concurrent.ConcurrentHashMap<>();

    private DatagramCipher(byte[] roomKey) {
        this.roomKey = roomKey;
        new SecureRandom().nextBytes(salt);
        this.sealingKey = senderKey(salt, 0);
    }

    static DatagramCipher derive(char[] passphrase, String room) {
        byte[] salt = RoomAddress.sha256(("parlor/1/passphrase/" + room).getBytes(StandardCharsets.UTF_8));
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, ITERATIONS, KEY_BITS);
        try {
            return new DatagramCipher(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec)
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2-HMAC-SHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Tells rooms with different passphrases apart without telling the key. */
    byte[] keyTag() {
        return RoomAddress.sha256(roomKey, ADDRESSING);
    }

    /** Salt, counter, ciphertext and tag. */
    byte[] seal(byte[] data, int offset, int length) throws GeneralSecurityException {
        byte[] sealed = new byte[length + OVERHEAD_BYTES];
        ByteBuffer head = ByteBuffer.wrap(sealed).put(salt).putLong(counter.getAndIncrement());
        Cipher cipher = ciphers.get();
        cipher.init(Cipher.ENCRYPT_MODE, sealingKey, nonce(sealed));
        cipher.doFinal(data, offset, length, sealed, head.position());
        return sealed;
    }

    /** The datagram within, or null if it was not sealed under this room's key or has been changed. */
    byte[] open(byte[] sealed, int offset, int length) {
        if (length < OVERHEAD_BYTES) {
            return null;
        }
        ByteBuffer sender = ByteBuffer.wrap(Arrays.copyOfRange(sealed, offset, offset + SALT_BYTES));
        SecretKey known = peerKeys.get(sender);
        SecretKey key = known != null ? known : senderKey(sealed, offset);
        int at = offset + SALT_BYTES + COUNTER_BYTES;
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(Arrays.copyOfRange(sealed, offset, at)));
            byte[] opened = cipher.doFinal(sealed, at, offset + length - at);
            if (known == null) {
                keep(sender, key);
            }
            return opened;
        } catch (GeneralSecurityException forged) {
            return null;
        }
    }

    /** Only of senders that have proved to know the key, so that strangers cannot fill the table. */
    private void keep(ByteBuffer sender, SecretKey key) {
        if (peerKeys.size() >= MAX_PEER_KEYS) {
            peerKeys.clear();
        }
        peerKeys.put(sender, key);
    }

    private SecretKey senderKey(byte[] bytes, int saltAt) {
        return new SecretKeySpec(RoomAddress.sha256(roomKey, SEALING,
                Arrays.copyOfRange(bytes, saltAt, saltAt + SALT_BYTES)), "AES");
    }

    /** The counter of a sealed head, padded to the size of a nonce. */
    private static GCMParameterSpec nonce(byte[] head) {
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(head, SALT_BYTES, nonce, NONCE_BYTES - COUNTER_BYTES, COUNTER_BYTES);
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }
}
