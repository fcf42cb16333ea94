package dev.parlor.internal.machine.rekey;

import dev.parlor.RekeyException;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.Frame.Rekey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of the room's key that was begun here. Those who were present then, but for who is thrown out, follow: nobody who
 * comes later, who may be one of those thrown out under another id. Guarded by the room's lock.
 */
final class KeyChange {
    /** In which all must have confirmed, and then have used the key: some round trips, and who stands still for a moment. */
    static final long CONFIRM_MILLIS = 10_000;
    /** Between the word to all to use the new key and our own use: it is sent under the old one. */
    private static final long SWITCH_MILLIS = 100;
    /** What is on its way under the former key arrives by then. */
    static final long FORMER_MILLIS = 2_000;

    private final Rekeying rekeying;
    private final RoomState state;
    private final Outbox outbox;
    private final Effects effects;
    private final Now now;
    private final Network.Keys keys;
    private final String room;
    private final long round;
    private final byte[] key;
    private final byte[] token;
    private final KeyExchange exchange;
    private final Set<Long> followers;
    private final Set<Long> without;
    private final Promise<@Nullable Void> promise;
    private final long begunNanos;
    private final Set<Long> confirmed = new HashSet<>();
    private final Set<Long> used = new HashSet<>();
    private boolean decided;
    private boolean ended;

    KeyChange(Rekeying rekeying, RoomState state, Outbox outbox, Effects effects, Now now, Network.Keys keys, String room,
            long round, byte[] key, Secrets secrets, Set<Long> without, Promise<@Nullable Void> promise) {
        this.rekeying = rekeying;
        this.state = state;
        this.outbox = outbox;
        this.effects = effects;
        this.now = now;
        this.keys = keys;
        this.room = room;
        this.round = round;
        this.key = key;
        this.exchange = secrets.exchange();
        this.token = secrets.token();
        this.without = without;
        this.promise = promise;
        this.begunNanos = now.nanos();
        this.followers = new HashSet<>(state.inJoiningOrder().stream().map(Present::id).toList());
        followers.remove(state.self());
        followers.removeAll(without);
    }

    void begin() {
        keys.accept(key);
        followers.forEach(each -> say(each, Rekey.Step.OFFER, exchange.publicKey()));
        effects.after(CONFIRM_MILLIS, this::expire);
        update();
    }

    /** Whether nothing more is to be done. */
    boolean isEnded() {
        return ended;
    }

    /** Whether it is going on whatever comes: all have confirmed. */
    boolean isDecided() {
        return decided;
    }

    /** Whether this is the key to come. */
    boolean isFor(byte[] other) {
        return Arrays.equals(key, other);
    }

    /** Whether one is thrown out by it, and not listened to. */
    boolean throwsOut(long member) {
        return without.contains(member);
    }

    private Set<Long> present() {
        Set<Long> present = new HashSet<>(followers);
        present.retainAll(state.members());
        return present;
    }

    /** Members have gone, or confirmed. */
    void update() {
        if (ended) {
            return;
        }
        boolean late = now.nanos() - begunNanos > CONFIRM_MILLIS * 1_000_000;
        if (!decided && !late && confirmed.containsAll(present())) {
            decide();
        }
        if (decided && keys.isUsed(key) && used.containsAll(present())) {
            end();
        }
    }

    private void decide() {
        decided = true;
        outbox.control(null, () -> new Rekey(Rekey.Step.USE, round, token));
        byte[] former = keys.used();
        effects.after(SWITCH_MILLIS, () -> {
            keys.use(key);
            rekeying.onUsed(followers);
            update();
        });
        effects.after(SWITCH_MILLIS + FORMER_MILLIS, () -> rekeying.forgetFormer(former));
        // Who has the key and does not say that it uses it stands still, and will.
        effects.after(CONFIRM_MILLIS, this::end);
    }

    private void end() {
        if (!ended) {
            ended = true;
            promise.succeed(null);
            rekeying.takeUpWaitingLater();
        }
    }

    private void expire() {
        if (!ended && !decided) {
            List<String> names = present().stream().filter(each -> !confirmed.contains(each))
                    .map(id -> state.nameOf(id).orElse(Long.toString(id))).sorted().toList();
            giveUp(new RekeyException(RekeyException.Reason.NOT_CONFIRMED, "the passphrase of \"" + room
                    + "\" stays what it was: " + names + " did not confirm the new one within " + CONFIRM_MILLIS / 1_000
                    + " s; try again, or with yet another one and without them"));
        }
    }

    /** Nothing has changed, and nothing will. */
    void giveUp(RekeyException why) {
        cancel();
        promise.fail(why);
    }

    /** The same, where the promise ends in another way. */
    void cancel() {
        ended = true;
        keys.forget(key);
        // Also to who was not handed it yet: it may keep another's offer waiting for this one.
        followers.forEach(each -> say(each, Rekey.Step.CANCEL, token));
    }

    private void say(long to, Rekey.Step step, byte[] content) {
        outbox.control(to, () -> new Rekey(step, round, content));
    }

    /** One who follows says something. */
    void onFrame(long from, Rekey frame) {
        if (ended || frame.round() != round || !followers.contains(from)) {
            return;
        }
        if (frame.step() == Rekey.Step.ANSWER) {
            handOver(from, frame.content());
        } else if (frame.step() == Rekey.Step.CONFIRM && MessageDigest.isEqual(token, frame.content())) {
            confirmed.add(from);
            update();
        } else if (frame.step() == Rekey.Step.USE && MessageDigest.isEqual(token, frame.content())) {
            used.add(from);
            update();
        }
    }

    private void handOver(long to, byte[] publicKey) {
        ByteBuffer content = ByteBuffer.allocate(key.length + token.length + followers.size() * Long.BYTES).put(key).put(token);
        followers.forEach(content::putLong);
        effects.compute("handing the new key to participant " + to, () -> exchange.wrap(publicKey, content.array()), wrapped -> {
            if (!ended) {
                say(to, Rekey.Step.KEY, wrapped);
            }
        });
    }
}
