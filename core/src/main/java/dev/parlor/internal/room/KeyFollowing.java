package dev.parlor.internal.room;

import dev.parlor.internal.log.Log;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.Frame.Rekey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** A change of the room's key that another has begun, and that is followed here. Guarded by the room's lock. */
final class KeyFollowing {
    /** So long a key is kept that was handed over, and that nobody says is to be used: who changes it is lost. */
    private static final long KEPT_MILLIS = 30_000;
    private static final Log LOG = Log.of(KeyFollowing.class);

    private final RoomCore core;
    private final Network.Keys keys;
    private final long changer;
    private final long round;
    private final byte[] publicKey;
    private KeyExchange exchange;
    private byte[] key;
    private byte[] token;
    /** All who have it. */
    private Set<Long> others;
    private boolean ended;

    KeyFollowing(RoomCore core, Network.Keys keys, long changer, Rekey offer) {
        this.core = core;
        this.keys = keys;
        this.changer = changer;
        this.round = offer.round();
        this.publicKey = offer.content();
    }

    void begin() {
        core.environment().timer().after(KeyChange.CONFIRM_MILLIS, () -> core.locked(() -> {
            if (key == null) {
                ended = true;
            }
        }));
        core.environment().worker().execute(() -> {
            KeyExchange made = new KeyExchange();
            core.locked(() -> {
                exchange = made;
                say(Rekey.Step.ANSWER, made.publicKey());
            });
        });
    }

    long changer() {
        return changer;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether this is the key to come. */
    boolean isFor(byte[] other) {
        return Arrays.equals(key, other);
    }

    /** Whether it was confirmed here that the key is taken: the changer goes by that. */
    boolean isConfirmed() {
        return key != null;
    }

    private void say(Rekey.Step step, byte[] content) {
        core.outbox().control(changer, () -> new Rekey(step, round, content));
    }

    /** Somebody says something of a change. */
    void onFrame(long from, Rekey frame) {
        if (ended) {
            return;
        }
        boolean ofIt = from == changer && frame.round() == round;
        if (frame.step() == Rekey.Step.KEY && ofIt && exchange != null && key == null) {
            core.environment().worker().execute(() -> take(frame.content()));
        } else if (frame.step() == Rekey.Step.USE && isToken(frame.content())) {
            // From whomever: who has the token knows that all have confirmed. So it is used by all or none, whoever is lost.
            use();
        } else if (frame.step() == Rekey.Step.CANCEL && ofIt && isToken(frame.content())) {
            cancel();
        }
    }

    private boolean isToken(byte[] content) {
        return token != null && MessageDigest.isEqual(token, content);
    }

    private void take(byte[] wrapped) {
        try {
            ByteBuffer content = ByteBuffer.wrap(exchange.unwrap(publicKey, wrapped));
            byte[] unwrapped = new byte[keys.used().length];
            byte[] proof = new byte[KeyChange.TOKEN_BYTES];
            content.get(unwrapped).get(proof);
            Set<Long> followers = new HashSet<>();
            followers.add(changer);
            while (content.remaining() >= Long.BYTES) {
                followers.add(content.getLong());
            }
            core.locked(() -> {
                if (!ended && key == null) {
                    key = unwrapped;
                    token = proof;
                    others = followers;
                    keys.accept(key);
                    core.rekeying().know(keys.used());
                    core.rekeying().know(key);
                    say(Rekey.Step.CONFIRM, token);
                    core.environment().timer().after(KEPT_MILLIS, () -> core.locked(this::cancel));
                }
            });
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.debug("participant {} sent what is no key", changer, e);
        }
    }

    private void use() {
        ended = true;
        byte[] former = keys.used();
        keys.use(key);
        core.rekeying().onUsed(others);
        core.outbox().control(null, () -> new Rekey(Rekey.Step.USE, round, token));
        core.environment().timer().after(KeyChange.FORMER_MILLIS,
                () -> core.locked(() -> core.rekeying().forgetFormer(former)));
    }

    /** The key is not to be used; what is used already is not touched. */
    void cancel() {
        if (!ended) {
            ended = true;
            if (key != null) {
                keys.forget(key);
            }
        }
    }
}
