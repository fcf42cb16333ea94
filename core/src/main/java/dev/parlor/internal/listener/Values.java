package dev.parlor.internal.listener;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.machine.state.Decoded;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.value.io.Lacking;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decodes what readers ask for, once, and warns once of each thing that is wrong with it. Thread-safe. */
public final class Values {
    /** Stands for a value that was tried and cannot be decoded, so that it is tried and warned of once. */
    private static final Object UNDECODABLE = new Object();

    /** So many different things that are wrong with values are told: beyond, somebody makes them up. */
    private static final int MAX_REASONS = 1_000;

    /** No participant has this id. */
    private static final Author NOBODY = new Author(new ParticipantId(0), "nobody");

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ValueCodec codec;
    private final AtomicLong undecodable;
    private final RoomNotes notes;
    /** Who wrote what was told last: most often also what is told next, and to ask for a name takes the room's lock. */
    private volatile Author lastAuthor = NOBODY;

    /** @param undecodable counts what cannot be decoded */
    public Values(ValueCodec codec, AtomicLong undecodable, RoomNotes notes) {
        this.codec = codec;
        this.undecodable = undecodable;
        this.notes = notes;
    }

    /** The object of an entry; empty for a tombstone and for what cannot be decoded. */
    public Optional<Object> of(String key, VersionedValue value) {
        if (value.isTombstone()) {
            return Optional.empty();
        }
        Object known = value.decoded();
        if (known == null) {
            known = ValueCodec.isReadByCopy(value.bytes()) ? decodeAgain(key, value) : decodeOnce(key, value);
        }
        return known == UNDECODABLE ? Optional.empty() : Optional.of(known);
    }

    /** What costs no more to read than a copy is not kept: it would take as much memory again. It is kept only if it cannot be read. */
    private Object decodeAgain(String key, VersionedValue value) {
        try {
            return codec.decode(value.payload());
        } catch (UndecodableValueException e) {
            return decodeOnce(key, value);
        }
    }

    /** Of several readers one decodes, and warns if it cannot. Never called under the room's lock. */
    private Object decodeOnce(String key, VersionedValue value) {
        synchronized (value) {
            if (value.decoded() != null) {
                return value.decoded();
            }
            Decoded decoded = tryDecode(value.payload(), () -> "the value of \"" + key + "\"");
            Object object = decoded.object().orElse(UNDECODABLE);
            if (decoded.lasting()) {
                value.keepDecoded(object);
            }
            return object;
        }
    }

    /** An object from its bytes; empty, with a warning, if it cannot be decoded. */
    public Optional<Object> decode(byte[] bytes, Supplier<String> what) {
        return tryDecode(bytes, what).object();
    }

    /** As {@link #decode(byte[], Supplier)}, for callers that keep the result. */
    private Decoded tryDecode(byte[] bytes, Supplier<String> what) {
        try {
            return new Decoded(Optional.of(codec.decode(bytes, lacking -> warnOnce(Warning.Kind.INCOMPLETE_VALUE, lacking.toString(), () ->
                    what.get() + " was read without " + lacking + ", which this program lacks: " + Lacking.ADVICE))), true);
        } catch (UndecodableValueException e) {
            undecodable.incrementAndGet();
            warnOnce(Warning.Kind.UNDECODABLE_VALUE, e.reason(), () ->
                    what.get() + " cannot be read here (" + e.getMessage() + "): " + e.advice());
            return new Decoded(Optional.empty(), !e.isPassing());
        }
    }

    /** What is wrong with one value is most often wrong with many: it is told for the first of them. */
    private void warnOnce(Warning.Kind kind, String reason, Supplier<String> message) {
        if (told.size() < MAX_REASONS && told.add(kind + reason)) {
            notes.warn(kind, message.get());
        }
    }

    /** A change as listeners get it. On the event thread. */
    public Change decode(String key, @Nullable VersionedValue before, @Nullable VersionedValue after, long author,
            Change.Cause cause) {
        return new Change(key, before == null ? Optional.empty() : replaced(key, before),
                after == null ? Optional.empty() : of(key, after), author(author), cause);
    }

    /**
     * As {@link #of}: what has been replaced was most often read when it was new. A method of its own, so that the JIT compiler sees that
     * here nothing is decoded, which is most of what there is to compile.
     */
    private Optional<Object> replaced(String key, VersionedValue value) {
        Object known = value.decoded();
        if (known == null) {
            return of(key, value);
        }
        return known == UNDECODABLE ? Optional.empty() : Optional.of(known);
    }

    /** Who wrote something, present or gone. */
    public Author author(long id) {
        Author known = lastAuthor;
        if (known.id().value() == id) {
            return known;
        }
        Author author = new Author(new ParticipantId(id), notes.nameOf(id));
        if (!author.name().equals(author.id().toString())) {
            // A name that is known stays; of whom none is known yet it may be learnt.
            lastAuthor = author;
        }
        return author;
    }

    /** One of those present as users see it, with its user data decoded. */
    public Participant participant(Present present) {
        return present.toParticipant(bytes -> tryDecode(bytes, () -> "the user data of \"" + present.name() + "\""));
    }
}
