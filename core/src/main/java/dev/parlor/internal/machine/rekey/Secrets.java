package dev.parlor.internal.machine.rekey;

import java.security.SecureRandom;

/**
 * What is made at random for one change of the key. Making it takes time, so that it is made outside of the machine.
 *
 * @param exchange this side of the handing over
 * @param token nobody can guess it; who shows it was handed the key, by which it is known that all have it
 */
public record Secrets(KeyExchange exchange, byte[] token) {
    /** The bytes of a token. */
    static final int TOKEN_BYTES = 16;

    /** Makes new ones. */
    public static Secrets make() {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return new Secrets(new KeyExchange(), token);
    }
}
