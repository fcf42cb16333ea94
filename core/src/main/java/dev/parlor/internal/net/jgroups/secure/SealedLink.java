package dev.parlor.internal.net.jgroups.secure;

import dev.parlor.internal.net.jgroups.secure.DatagramCipher.Opened;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * What a transport sends and receives in a room with a passphrase: sealed datagrams, of which those are taken that were
 * sealed under the room's key, come from somebody who is there now, and have not come before.
 *
 * <p>Who is heard for the first time is asked: it is sent a random number, and only what it sends after it has given that
 * back is taken. So what was recorded earlier, in this session of the room or another, is never taken, whoever sends it;
 * clocks need not agree for that, and nothing is kept from one session to the next. (Challenge and response: Menezes, van
 * Oorschot, Vanstone 1996, section 10.3.1.) What comes before the answer is dropped, and sent again by whoever sent it, as
 * if the network had lost it. Thread-safe.
 */
public final class SealedLink {
    /** A question nobody can guess or has heard before. */
    private static final int QUESTION_BYTES = 16;

    /** More than a room can have members: so many are told apart. */
    private static final int MAX_MET = 1_024;

    /** Sends sealed bytes to one, by its address as {@link #open} was told of it. */
    public interface Wire {
        void send(Address to, byte[] sealed);
    }

    private final Keyring keys;
    private final Strangers strangers;
    private final Wire wire;
    private final LongSupplier nanos;
    private final byte kind;
    private final Set<Peer> met = ConcurrentHashMap.newKeySet();
    private final Recent recent = new Recent();
    private final SecureRandom random = new SecureRandom();
    private volatile boolean isJoining = true;
    /** What was said to all last, while it is not known who they are; else null. */
    private volatile byte @Nullable [] greeting;

    public SealedLink(Keyring keys, Strangers strangers, Wire wire, LongSupplier nanos) {
        this(keys, strangers, wire, nanos, DatagramCipher.DATA);
    }

    /**
     * A link of its own for what goes beside the transport.
     *
     * @param kind {@link DatagramCipher#DISCOVERY}: the newest that comes before the answer is not dropped, but taken with
     *     it if its sender says that it was sent just now
     */
    public SealedLink(Keyring keys, Strangers strangers, Wire wire, LongSupplier nanos, byte kind) {
        this.kind = kind;
        this.keys = keys;
        this.strangers = strangers;
        this.wire = wire;
        this.nanos = nanos;
    }

    /** In discovery: from how many something has come who have the key; recordings among them. */
    public int met() {
        return met.size();
    }

    /** What is to be sent in place of some data. */
    public byte[] seal(byte[] data, int offset, int length) throws GeneralSecurityException {
        byte[] sealed = keys.seal(kind, data, offset, length);
        if (kind == DatagramCipher.DISCOVERY) {
            recent.sent(DatagramCipher.numberOf(sealed), nanos.getAsLong());
        }
        return sealed;
    }

    /** What is to be sent to all in place of some data; those who drop it since they have not met this one are sent it again. */
    public byte[] sealToAll(byte[] data, int offset, int length) throws GeneralSecurityException {
        if (isJoining) {
            greeting = Arrays.copyOfRange(data, offset, offset + length);
        }
        return seal(data, offset, length);
    }

    /** The others are known: nobody is sent again what he has missed. */
    public void joined() {
        isJoining = false;
        greeting = null;
    }

    /** Says again, to somebody who takes it from now on, what was said to all: the question of who is there. */
    private void greet(Address to, Peer sender) {
        byte[] last = greeting;
        if (last != null && sender.meets()) {
            post(to, DatagramCipher.DATA, last);
        }
    }

    /** The data of a datagram that has come, or null if it is not to be taken. */
    public byte @Nullable [] open(Address from, byte[] sealed, int offset, int length) {
        if (keys.isOwn(sealed, offset, length)) {
            // A multicast comes back to its sender, where JGroups drops it as well: it has handed it up when it was sent.
            return null;
        }
        Opened opened = keys.open(sealed, offset, length);
        if (opened == null) {
            refuse(from, sealed, offset, length);
            return null;
        }
        Peer sender = opened.sender();
        if (kind == DatagramCipher.DISCOVERY && met.size() < MAX_MET) {
            met.add(sender);
        }
        switch (opened.kind()) {
            case DatagramCipher.DATA -> {
                if (kind != DatagramCipher.DATA) {
                    return null;
                }
                if (sender.take(opened.number())) {
                    return opened.bytes();
                }
                if (!sender.isThere() && sender.isNewest(opened.number())) {
                    ask(from, sender);
                }
            }
            case DatagramCipher.QUESTION -> {
                // Of somebody new it may be a recording, and gets an answer that nobody waits for: one.
                boolean first = sender.isThere() ? sender.take(opened.number()) : sender.isNewest(opened.number());
                if (opened.bytes().length == QUESTION_BYTES && first) {
                    post(from, DatagramCipher.ANSWER, answerTo(opened.bytes()));
                    ask(from, sender);
                    sender.wasAnswered();
                    greet(from, sender);
                }
            }
            case DatagramCipher.ANSWER -> {
                byte[] kept = answered(opened);
                greet(from, sender);
                return kept;
            }
            case DatagramCipher.DISCOVERY -> {
                if (kind != DatagramCipher.DISCOVERY) {
                    return null;
                }
                if (sender.takeDiscovery(opened.number())) {
                    return opened.bytes();
                }
                if (!sender.isThere() && sender.isNewest(opened.number())) {
                    sender.keep(opened.bytes(), opened.number());
                    ask(from, sender);
                }
            }
            default -> { }
        }
        return null;
    }

    /** The question; in discovery also since which number what was sent before it is recent. */
    private byte[] answerTo(byte[] question) {
        return kind != DatagramCipher.DISCOVERY ? question
                : ByteBuffer.allocate(QUESTION_BYTES + Long.BYTES).put(question).putLong(recent.since(nanos.getAsLong())).array();
    }

    private byte @Nullable [] answered(Opened answer) {
        boolean discovery = kind == DatagramCipher.DISCOVERY;
        if (answer.bytes().length != QUESTION_BYTES + (discovery ? Long.BYTES : 0)) {
            return null;
        }
        answer.sender().answered(Arrays.copyOf(answer.bytes(), QUESTION_BYTES), answer.number(), nanos.getAsLong());
        return discovery ? answer.sender().takeKept(ByteBuffer.wrap(answer.bytes()).getLong(QUESTION_BYTES)) : null;
    }

    /** Who is in this room by another passphrase or none is told so, in a word that anybody could say, and that is not answered. */
    private void refuse(Address from, byte[] datagram, int offset, int length) {
        boolean ofThisRoom = keys.isOfThisRoom(datagram, offset, length);
        boolean seldom = strangers.met(ofThisRoom, datagram, offset, length);
        if (seldom && (ofThisRoom ? length > DatagramCipher.HEAD_BYTES : strangers.isOfOpenRoom(datagram, offset, length))) {
            wire.send(from, keys.head());
        }
    }

    private void ask(Address from, Peer sender) {
        byte[] question = sender.ask(this::newQuestion, nanos.getAsLong());
        if (question != null) {
            post(from, DatagramCipher.QUESTION, question);
        }
    }

    private byte[] newQuestion() {
        byte[] question = new byte[QUESTION_BYTES];
        random.nextBytes(question);
        return question;
    }

    private void post(Address to, byte kind, byte[] content) {
        try {
            wire.send(to, keys.seal(kind, content, 0, content.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }
}
