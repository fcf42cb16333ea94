package dev.parlor.internal.machine.rekey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One side of a handing over of a key between two, which who listens cannot read, though it knows the room's passphrase:
 * X25519 with keys made for this once (RFC 7748 section 6.1), HKDF-SHA256 (RFC 5869), AES-256-GCM. Thread-safe.
 */
public final class KeyExchange {
    private static final String CURVE = "X25519";
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;
    private static final byte[] PURPOSE = "parlor/1/rekey".getBytes(StandardCharsets.US_ASCII);

    private final KeyPair pair;

    /** Makes the keys of this side. */
    public KeyExchange() {
        try {
            pair = KeyPairGenerator.getInstance(CURVE).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CURVE, e);
        }
    }

    /** For the other side. */
    byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    /** A key that only the other side can unwrap. */
    byte[] wrap(byte[] othersPublicKey, byte[] key) throws GeneralSecurityException {
        return cipher(Cipher.ENCRYPT_MODE, othersPublicKey).doFinal(key);
    }

    /** The key that the other side has wrapped. */
    byte[] unwrap(byte[] othersPublicKey, byte[] wrapped) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, othersPublicKey).doFinal(wrapped);
    }

    private Cipher cipher(int mode, byte[] othersPublicKey) throws GeneralSecurityException {
        PublicKey other = KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(othersPublicKey));
        KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(pair.getPrivate());
        agreement.doPhase(other, true);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        // The key below is used once, for one message, so that its nonce need not differ from anything.
        cipher.init(mode, new SecretKeySpec(expand(agreement.generateSecret(), othersPublicKey), "AES"),
                new GCMParameterSpec(TAG_BITS, new byte[NONCE_BYTES]));
        return cipher;
    }

    /** One block of HKDF, bound to both public keys. */
    private byte[] expand(byte[] secret, byte[] othersPublicKey) throws GeneralSecurityException {
        byte[] own = publicKey();
        boolean ownFirst = Arrays.compareUnsigned(own, othersPublicKey) < 0;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(PURPOSE, "HmacSHA256"));
        byte[] extracted = mac.doFinal(secret);
        mac.init(new SecretKeySpec(extracted, "HmacSHA256"));
        mac.update(ownFirst ? own : othersPublicKey);
        mac.update(ownFirst ? othersPublicKey : own);
        mac.update((byte) 1);
        return mac.doFinal();
    }
}
