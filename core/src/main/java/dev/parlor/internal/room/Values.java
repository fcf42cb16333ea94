package dev.parlor.internal.room;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.ParticipantId;
import dev.parlor.Warning;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.value.UndecodableValueException;
import dev.parlor.internal.value.ValueCodec;
import dev.parlor.internal.value.io.Lacking;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Decodes what readers ask for, once, and warns once of each thing that is wrong with it. Thread-safe. */
final class Values {
    /** Stands for a value that was tried and cannot be decoded, so that it is tried and warned of once. */
    private static final Object UNDECODABLE = new Object();

    /** So many different things that are wrong with values are told: beyond, somebody makes them up. */
    private static final int MAX_REASONS = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ValueCodec codec;
    private final RoomCore core;

    Values(ValueCodec codec, RoomCore core) {
        this.codec = codec;
        this.core = core;
    }

    /**
     * What became of bytes.
     *
     * @param object the object; empty if they cannot be decoded
     * @param lasting whether every further attempt would give the same
     */
    record Decoded(Optional<Object> object, boolean lasting) {
        /** Where there are no bytes. */
        static final Decoded NOTHING = new Decoded(Optional.empty(), true);
    }

    /** The object of an entry; empty for a tombstone and for what cannot be decoded. */
    Optional<Object> of(String key, VersionedValue value) {
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
    Optional<Object> decode(byte[] bytes, Supplier<String> what) {
        return tryDecode(bytes, what).object();
    }

    /** As {@link #decode(byte[], Supplier)}, for callers that keep the result. */
    Decoded tryDecode(byte[] bytes, Supplier<String> what) {
        try {
            return new Decoded(Optional.of(codec.decode(bytes, lacking -> warnOnce(Warning.Kind.INCOMPLETE_VALUE, lacking.toString(), () ->
                    what.get() + " was read without " + lacking + ", which this program lacks: " + Lacking.ADVICE))), true);
        } catch (UndecodableValueException e) {
            core.state().stats().undecodableValues.incrementAndGet();
            warnOnce(Warning.Kind.UNDECODABLE_VALUE, e.reason(), () ->
                    what.get() + " cannot be read here (" + e.getMessage() + "): " + e.advice());
            return new Decoded(Optional.empty(), !e.isPassing());
        }
    }

    /** What is wrong with one value is most often wrong with many: it is told for the first of them. */
    private void warnOnce(Warning.Kind kind, String reason, Supplier<String> message) {
        if (told.size() < MAX_REASONS && told.add(kind + reason)) {
            core.health().warn(kind, message.get());
        }
    }

    /** A change as listeners get it. On the event thread. */
    Change decode(SessionChange change, Change.Cause cause) {
        return new Change(change.key(), ofOrEmpty(change.key(), change.before()),
                ofOrEmpty(change.key(), change.after()), author(change.author()), cause);
    }

    private Optional<Object> ofOrEmpty(String key, VersionedValue value) {
        return value == null ? Optional.empty() : of(key, value);
    }

    /** Who wrote something, present or gone. */
    Author author(long id) {
        return new Author(new ParticipantId(id), nameOf(id));
    }

    /** The display name of somebody present or gone; the id if it is not known any more. */
    String nameOf(long id) {
        core.lock().lock();
        try {
            return core.state().nameOf(id).orElseGet(() -> new ParticipantId(id).toString());
        } finally {
            core.lock().unlock();
        }
    }
}
