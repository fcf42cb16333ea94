package dev.parlor.internal.family;

import dev.parlor.Change;
import dev.parlor.FamilyChange;
import dev.parlor.KeyFamily;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.session.VersionedValue;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a view: values of the class of its family that satisfy its condition. A condition that throws leaves the value out,
 * and is told of as a listener that throws. Thread-safe.
 *
 * @param <T> the class of the values
 */
final class Belonging<T> {
    private final KeyFamily<T> family;
    private final int prefixLength;
    /** That of which values arrive; most often that of the family. */
    private final Class<T> type;
    private final Values values;
    private final Dispatcher dispatcher;
    private final @Nullable Predicate<? super T> condition;

    /** @param type that of which values arrive for the family's */
    Belonging(KeyFamily<T> family, Class<T> type, Values values, Dispatcher dispatcher, @Nullable Predicate<? super T> condition) {
        this.family = family;
        this.prefixLength = family.prefix().length();
        this.type = type;
        this.values = values;
        this.dispatcher = dispatcher;
        this.condition = condition;
    }

    KeyFamily<T> family() {
        return family;
    }

    int prefixLength() {
        return prefixLength;
    }

    /** What belongs to this and satisfies one more condition. */
    Belonging<T> where(Predicate<? super T> more) {
        Predicate<? super T> before = condition;
        return new Belonging<>(family, type, values, dispatcher,
                before == null ? more : value -> before.test(value) && more.test(value));
    }

    /** The value of a key if it belongs here, else null. */
    @Nullable T of(String key, VersionedValue held) {
        return ofThese(values.of(key, held).orElse(null));
    }

    private @Nullable T ofThese(@Nullable Object value) {
        return !type.isInstance(value) || condition != null && !satisfies(type.cast(value), condition) ? null : type.cast(value);
    }

    private boolean satisfies(T value, Predicate<? super T> wanted) {
        try {
            return wanted.test(value);
        } catch (Throwable e) {
            // Checked ones too: other languages of the JVM do not declare them.
            dispatcher.listenerThrew(e, wanted);
            return false;
        }
    }

    /** What a change of a key is to who listens here; null if nothing. */
    @Nullable FamilyChange<T> of(Change change) {
        if (change.key().length() <= prefixLength) {
            // The prefix itself is a key that begins with it.
            return null;
        }
        Optional<T> before = Optional.ofNullable(ofThese(change.oldValue().orElse(null)));
        Optional<T> now = Optional.ofNullable(ofThese(change.newValue().orElse(null)));
        return before.isEmpty() && now.isEmpty() ? null
                : new FamilyChange<>(change.key().substring(prefixLength), before, now, change.author(), change.cause());
    }
}
