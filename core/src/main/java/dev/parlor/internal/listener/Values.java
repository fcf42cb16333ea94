package dev.parlor.internal.listener;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.machine.state.Decoded;
import dev.parlor.internal.machine.state.Present;
import dev.parlor.internal.session.SessionChange;
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

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ValueCodec codec;
    private final AtomicLong undecodable;
    private final RoomNotes notes;

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
            known = decodeOnce(key, value);
        }
        return known == UNDECODABLE ? Optional.empty() : Optional.of(known);
    }

    /** Of several readers one decodes, and warns if it cannot. Never called under the room's lock. */
    private Object decodeOnce(String key, VersionedValue value) {
        synchronized (value) {
            if (value.decoded() != null) {
                return value.decoded();
            }
            Decoded decoded = tryDecode(value.bytes(), () -> "the value of \"" + key + "\"");
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
    public Change decode(SessionChange change, Change.Cause cause) {
        return new Change(change.key(), ofOrEmpty(change.key(), change.before()),
                ofOrEmpty(change.key(), change.after()), author(change.author()), cause);
    }

    private Optional<Object> ofOrEmpty(String key, @Nullable VersionedValue value) {
        return value == null ? Optional.empty() : of(key, value);
    }

    /** Who wrote something, present or gone. */
    public Author author(long id) {
        return new Author(new ParticipantId(id), notes.nameOf(id));
    }

    /** One of those present as users see it, with its user data decoded. */
    public Participant participant(Present present) {
        return present.toParticipant(bytes -> tryDecode(bytes, () -> "the user data of \"" + present.name() + "\""));
    }
}
