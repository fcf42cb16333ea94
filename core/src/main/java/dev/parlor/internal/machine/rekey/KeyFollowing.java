package dev.parlor.internal.machine.rekey;

import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.Frame.Rekey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of the room's key that another has begun, and that is followed here. Guarded by the room's lock. */
final class KeyFollowing {
    /** So long a key is kept that was handed over, and that nobody says is to be used: who changes it is lost. */
    private static final long KEPT_MILLIS = 30_000;

    private final Rekeying rekeying;
    private final Outbox outbox;
    private final Effects effects;
    private final Network.Keys keys;
    private final Offer offer;
    private @Nullable KeyExchange exchange;
    /** What the changer has handed over, or null until it has; with the changer among those who have it. */
    private @Nullable Handed handed;
    private boolean ended;

    KeyFollowing(Rekeying rekeying, Outbox outbox, Effects effects, Network.Keys keys, Offer offer) {
        this.rekeying = rekeying;
        this.outbox = outbox;
        this.effects = effects;
        this.keys = keys;
        this.offer = offer;
    }

    void begin() {
        effects.after(KeyChange.CONFIRM_MILLIS, () -> {
            if (handed == null) {
                giveUp();
            }
        });
        effects.compute("making a key for a change of the passphrase", KeyExchange::new, made -> {
            exchange = made;
            say(Rekey.Step.ANSWER, made.publicKey());
        });
    }

    Offer offer() {
        return offer;
    }

    long changer() {
        return offer.from();
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether this is the key to come. */
    boolean isFor(byte[] other) {
        return handed != null && Arrays.equals(handed.key(), other);
    }

    /** Whether it was confirmed here that the key is taken: the changer goes by that. */
    boolean isConfirmed() {
        return handed != null;
    }

    private void say(Rekey.Step step, byte[] content) {
        outbox.control(changer(), () -> new Rekey(step, offer.round(), content));
    }

    /** Somebody says something of a change. */
    void onFrame(long from, Rekey frame) {
        if (ended) {
            return;
        }
        boolean ofIt = offer.isOf(from, frame.round());
        if (frame.step() == Rekey.Step.KEY && ofIt && exchange != null && handed == null) {
            take(exchange, frame.content());
        } else if (frame.step() == Rekey.Step.USE && handed != null && isToken(handed, frame.content())) {
            // From whomever: who has the token knows that all have confirmed. So it is used by all or none, whoever is lost.
            use(handed);
        } else if (frame.step() == Rekey.Step.CANCEL && ofIt && (handed == null || isToken(handed, frame.content()))) {
            // Also while what was handed over is still being unwrapped: it would be confirmed to nobody.
            giveUp();
        }
    }

    private static boolean isToken(Handed handed, byte[] content) {
        return MessageDigest.isEqual(handed.token(), content);
    }

    private void take(KeyExchange with, byte[] wrapped) {
        int keyBytes = keys.used().length;
        effects.compute("taking the new key of participant " + changer(), () -> {
            Handed given = Handed.of(with.unwrap(offer.publicKey(), wrapped), keyBytes);
            keys.prepare(given.key());
            return given;
        }, this::accept);
    }

    private void accept(Handed given) {
        if (!ended && handed == null) {
            given.followers().add(changer());
            handed = given;
            keys.accept(given.key());
            rekeying.know(keys.used());
            rekeying.know(given.key());
            say(Rekey.Step.CONFIRM, given.token());
            effects.after(KEPT_MILLIS, this::giveUp);
        }
    }

    /** What whoever changes the key hands over. */
    private record Handed(byte[] key, byte[] token, Set<Long> followers) {
        static Handed of(byte[] unwrapped, int keyBytes) {
            ByteBuffer content = ByteBuffer.wrap(unwrapped);
            byte[] key = new byte[keyBytes];
            byte[] token = new byte[Secrets.TOKEN_BYTES];
            content.get(key).get(token);
            Set<Long> followers = new HashSet<>();
            while (content.remaining() >= Long.BYTES) {
                followers.add(content.getLong());
            }
            return new Handed(key, token, followers);
        }
    }

    private void use(Handed taken) {
        ended = true;
        byte[] former = keys.used();
        keys.use(taken.key());
        rekeying.onUsed(taken.followers());
        outbox.control(null, () -> new Rekey(Rekey.Step.USE, offer.round(), taken.token()));
        effects.after(KeyChange.FORMER_MILLIS, () -> rekeying.forgetFormer(former));
        rekeying.takeUpWaitingLater();
    }

    /** Nothing comes of it, so that another may be followed. */
    void giveUp() {
        if (!ended) {
            cancel();
            rekeying.takeUpWaiting();
        }
    }

    /** The key is not to be used; what is used already is not touched. */
    void cancel() {
        if (!ended) {
            ended = true;
            if (handed != null) {
                keys.forget(handed.key());
            }
        }
    }
}
