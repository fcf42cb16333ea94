package dev.parlor.internal.machine.rekey;

import dev.parlor.RekeyException;
import dev.parlor.internal.machine.members.Roster;
import dev.parlor.internal.machine.outbox.Outbox;
import dev.parlor.internal.machine.output.Effects;
import dev.parlor.internal.machine.output.Promise;
import dev.parlor.internal.machine.state.Now;
import dev.parlor.internal.machine.state.RoomState;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.wire.Frame.Rekey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes the room's passphrase while it runs. Who changes it offers a public key to each who is to follow, hands the new
 * room key to each who answers, wrapped for it alone, and when all have confirmed that they take what comes under it, has
 * all use it; who uses it says so to all, so that it is used by all or none, whoever is lost meanwhile. Who is thrown
 * out hears all of this, and cannot read it. Of several who change it at once, and throw none of each other out, the one with the
 * smallest id does: the others give theirs up when they hear of it, and who has taken the key of one of those takes its key then. Guarded by the
 * room's lock; what takes time is done by the room's worker.
 */
public final class Rekeying {
    /** Former keys that are remembered: more than anybody changes a passphrase. */
    private static final int MAX_KNOWN = 1_024;
    /** Of a key, by which it is known again and which tells nothing of it but that. */
    private static final int FINGERPRINT_BYTES = 16;
    private static final byte[] FINGERPRINT = "parlor/1/known-key".getBytes(StandardCharsets.US_ASCII);

    /**
     * The fingerprints of keys that were used, or handed over, by us or by others before we came: no key for who is to be kept
     * from something. The oldest first.
     */
    private final Set<ByteBuffer> known = new LinkedHashSet<>();
    private final RoomState state;
    private final Outbox outbox;
    private final Roster roster;
    private final Effects effects;
    private final Now now;
    private final Network.@Nullable Keys keys;
    private final String room;
    private long rounds;
    private @Nullable KeyChange own;
    private @Nullable KeyFollowing followed;
    /** What came amid a change that cannot stand back for it, or stood back for another: it is followed if that comes to nothing. */
    private @Nullable Offer waiting;
    private boolean leaving;

    /**
     * Changes the passphrase.
     *
     * @param keys the network's; null for an open room
     * @param room its name, for what is told of a change that failed
     */
    public Rekeying(RoomState state, Outbox outbox, Roster roster, Effects effects, Now now, Network.@Nullable Keys keys, String room) {
        this.state = state;
        this.outbox = outbox;
        this.roster = roster;
        this.effects = effects;
        this.now = now;
        this.keys = keys;
        this.room = room;
    }

    /**
     * Begins a change.
     *
     * @param key of the new passphrase
     * @param secrets made for this change alone
     * @param without who is to be thrown out
     */
    public void begin(byte[] key, Secrets secrets, Set<Long> without, Promise<@Nullable Void> promise) {
        Network.Keys used = keys();
        boolean isKnown = used.isUsed(key) || known.contains(fingerprint(key));
        if (leaving) {
            // The promise ends as all do, when the room is closed.
            return;
        }
        if (isChanging() || isFollowing()) {
            promise.fail(overtaken());
        } else if (isKnown && !without.isEmpty()) {
            promise.fail(new RekeyException(RekeyException.Reason.KNOWN, "who is to be thrown out of \"" + room
                    + "\" may know this passphrase, which was used or handed over before: take another"));
        } else if (used.isUsed(key)) {
            promise.succeed(null);
        } else {
            know(used.used());
            know(key);
            KeyChange begun = new KeyChange(this, state, outbox, effects, now, used, room, ++rounds, key, secrets, without, promise);
            own = begun;
            begun.begin();
        }
    }

    /** Those of a room that has a passphrase: of another nobody asks for them. */
    private Network.Keys keys() {
        return Objects.requireNonNull(keys, "an open room has no keys");
    }

    private boolean isChanging() {
        return changing() != null;
    }

    private boolean isFollowing() {
        return following() != null;
    }

    /** The change of one's own that is under way, or null. */
    private @Nullable KeyChange changing() {
        return own != null && !own.isEnded() ? own : null;
    }

    /** The change of another that is under way, or null. */
    private @Nullable KeyFollowing following() {
        return followed != null && !followed.isEnded() ? followed : null;
    }

    /** A key has been used or handed over. */
    void know(byte[] key) {
        know(fingerprint(key));
    }

    private boolean know(ByteBuffer fingerprint) {
        boolean news = known.add(fingerprint);
        if (known.size() > MAX_KNOWN) {
            known.remove(known.iterator().next());
        }
        return news;
    }

    private static ByteBuffer fingerprint(byte[] key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(FINGERPRINT);
            return ByteBuffer.wrap(Arrays.copyOf(sha.digest(key), FINGERPRINT_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The coordinator tells whoever has come which keys were used before. */
    private void tellKnown() {
        if (!known.isEmpty() && state.isCoordinator(state.self()) && state.hasOthers()) {
            outbox.control(null, this::knownFrame);
        }
    }

    private Rekey knownFrame() {
        ByteBuffer all = ByteBuffer.allocate(known.size() * FINGERPRINT_BYTES);
        known.forEach(each -> all.put(each.duplicate()));
        return new Rekey(Rekey.Step.KNOWN, 0, all.array());
    }

    private void onKnown(byte[] content) {
        Set<ByteBuffer> told = new HashSet<>();
        for (int at = 0; at + FINGERPRINT_BYTES <= content.length && told.size() < MAX_KNOWN; at += FINGERPRINT_BYTES) {
            told.add(ByteBuffer.wrap(Arrays.copyOfRange(content, at, at + FINGERPRINT_BYTES)));
        }
        boolean more = !told.containsAll(known);
        boolean news = false;
        for (ByteBuffer each : told) {
            news |= know(each);
        }
        if (more && (news || known.size() < MAX_KNOWN)) {
            // As after a merge of two sides that had each changed it.
            outbox.control(null, this::knownFrame);
        }
    }

    /**
     * A key was used up to a moment ago, and what was sent under it has arrived. It is kept if a change that is under way goes
     * back to it.
     */
    void forgetFormer(byte[] former) {
        KeyChange changing = changing();
        KeyFollowing following = following();
        boolean wanted = changing != null && changing.isFor(former) || following != null && following.isFor(former);
        if (!wanted) {
            keys().forget(former);
        }
        effects.expel(state.members().stream().filter(roster::isThrownOut).toList());
    }

    /** The key is another from now on, which only these have, and us. */
    void onUsed(Set<Long> followers) {
        roster.throwOut(state.members().stream()
                .filter(id -> id != state.self() && !followers.contains(id)).toList());
    }

    private RekeyException overtaken() {
        return new RekeyException(RekeyException.Reason.OVERTAKEN, "the passphrase of \"" + room
                + "\" is being changed at this moment: ask who does, or try again later");
    }

    /** A change has been made. Another would have what is on its way under the key before refused, so it waits until that is here. */
    void takeUpWaitingLater() {
        effects.after(KeyChange.FORMER_MILLIS, this::takeUpWaiting);
    }

    /** What was in the way of an offer has ended. Who offered it waits for our answer, for so long. */
    void takeUpWaiting() {
        Offer next = waiting;
        waiting = null;
        if (next != null && state.isMember(next.from()) && !roster.isThrownOut(next.from())
                && now.nanos() - next.heardNanos() < KeyChange.CONFIRM_MILLIS * 1_000_000) {
            onOffer(next);
        }
    }

    private void keepWaiting(Offer offer) {
        if (waiting == null || waiting.from() >= offer.from()) {
            waiting = offer;
        }
    }

    /** This participant leaves: what it has begun comes to nothing, unless all have the key already. */
    public void leaving() {
        leaving = true;
        KeyChange changing = changing();
        if (changing != null && !changing.isDecided()) {
            changing.cancel();
        }
    }

    /** Members have come or gone. */
    public void update() {
        tellKnown();
        KeyFollowing following = following();
        if (following != null && !following.isConfirmed() && !state.isMember(following.changer())) {
            following.giveUp();
        }
        if (own != null) {
            own.update();
        }
    }

    /** Somebody says something of a change. */
    public void onFrame(long from, Rekey frame) {
        KeyChange changing = changing();
        if (keys == null || changing != null && changing.throwsOut(from) || roster.isThrownOut(from)) {
            return;
        }
        if (frame.step() == Rekey.Step.KNOWN) {
            onKnown(frame.content());
            return;
        }
        if (frame.step() == Rekey.Step.OFFER) {
            onOffer(new Offer(from, frame.round(), frame.content(), now.nanos()));
            return;
        }
        if (frame.step() == Rekey.Step.CANCEL && waiting != null && waiting.isOf(from, frame.round())) {
            waiting = null;
        }
        if (own != null) {
            own.onFrame(from, frame);
        }
        if (followed != null) {
            followed.onFrame(from, frame);
        }
    }

    private void onOffer(Offer offer) {
        KeyChange changing = changing();
        KeyFollowing following = following();
        if (changing != null && !changing.isDecided() && state.self() < offer.from()) {
            // It hears of ours and gives its own up.
            return;
        }
        if (following != null && following.offer().isOf(offer.from(), offer.round())) {
            // Once more.
            return;
        }
        if (changing != null && changing.isDecided()
                || following != null && (following.isConfirmed() || following.changer() < offer.from())) {
            // One that goes on may still be given up for this one, of which its changer has not heard yet.
            keepWaiting(offer);
            return;
        }
        if (changing != null) {
            changing.giveUp(overtaken());
        }
        if (following != null) {
            if (following.changer() != offer.from()) {
                keepWaiting(following.offer());
            }
            following.cancel();
        }
        KeyFollowing begun = new KeyFollowing(this, outbox, effects, keys(), offer);
        followed = begun;
        begun.begin();
    }
}
