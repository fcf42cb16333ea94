package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import dev.parlor.Lifetime;
import dev.parlor.Limits;
import dev.parlor.PayloadTooLargeException;
import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.signal.SignalSender;
import dev.parlor.internal.value.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks what users share and encodes it, before anything has changed. Thread-safe. */
public record Encoding(ValueCodec codec, Limits limits) {

    /** A key that may be used. */
    String key(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw new InvalidArgumentException("the key must not be " + (key == null ? "null" : "empty")
                    + ": pass a text such as \"poll\"");
        }
        int bytes = key.length();
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) >= 0x80) {
                bytes = utf8Bytes(key);
                break;
            }
        }
        if (bytes > limits.keyBytes()) {
            throw new PayloadTooLargeException("the key \"" + key.substring(0, Math.min(40, key.length())) + "…\"",
                    bytes, limits.keyBytes(), "keyBytes");
        }
        return key;
    }

    private static int utf8Bytes(String key) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
            return encoded.remaining();
        } catch (CharacterCodingException e) {
            throw new InvalidArgumentException("the key \"" + key + "\" holds half of a surrogate pair, which is no "
                    + "text that can be sent: cut texts between characters");
        }
    }

    byte[] value(String key, @Nullable Object value) {
        if (value == null) {
            throw new InvalidArgumentException("the value of \"" + key + "\" must not be null: use remove(\"" + key
                    + "\") to remove it");
        }
        return codec.encode(value, () -> "the value of \"" + key + "\"", limits.valueBytes(), "valueBytes");
    }

    /** A value with how long it lives. */
    byte[] limited(String key, @Nullable Object value, @Nullable Lifetime lifetime) {
        if (lifetime == null) {
            throw new InvalidArgumentException("the lifetime of \"" + key + "\" must not be null: put what is to stay without one");
        }
        byte[] bytes = value(key, value);
        return lifetime.duration().map(duration -> Lifespan.lasting(bytes, duration.toMillis())).orElseGet(() -> Lifespan.whilePresent(bytes));
    }

    /** User data, encoded. */
    public byte[] userData(@Nullable Object userData) {
        if (userData == null) {
            throw new InvalidArgumentException("the user data must not be null: share an empty text or map to share "
                    + "nothing");
        }
        return codec.encode(userData, () -> "the user data", limits.userDataBytes(), "userDataBytes");
    }

    byte[] signal(@Nullable Object payload) {
        if (payload == null) {
            throw new InvalidArgumentException("the signal must not be null: send a number, a text or an object of a registered class");
        }
        int limit = SignalSender.MAX_SIGNAL_BYTES;
        try {
            return codec.encode(payload, () -> "the signal", limit, "signal");
        } catch (PayloadTooLargeException e) {
            throw new PayloadTooLargeException("the signal has at least " + e.bytes() + " bytes as encoded, " + (e.bytes() - limit)
                    + " over the limit of " + limit + ", which is what fits one datagram: signal less, such as what has changed, or share "
                    + "it as session data, user data or a message", e.bytes(), limit);
        }
    }

    byte[] message(@Nullable Object payload) {
        if (payload == null) {
            throw new InvalidArgumentException("the message must not be null: send a text or an object of a registered "
                    + "class");
        }
        return codec.encode(payload, () -> "the message", limits.messageBytes(), "messageBytes");
    }
}
