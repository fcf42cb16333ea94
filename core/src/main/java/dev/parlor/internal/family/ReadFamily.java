package dev.parlor.internal.family;

import dev.parlor.FamilyChange;
import dev.parlor.FamilyView;
import dev.parlor.InvalidArgumentException;
import dev.parlor.KeyFamily;
import dev.parlor.Subscription;
import dev.parlor.internal.arguments.Arguments;
import dev.parlor.internal.dispatch.Keys;
import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.index.PrefixIndexes;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.VersionedValue;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A family as it is read. Thread-safe.
 *
 * @param <T> the class of the values
 */
class ReadFamily<T> implements FamilyView<T> {
    private final SessionReplica session;
    private final Belonging<T> belonging;
    private final Registrations registrations;

    ReadFamily(SessionReplica session, Belonging<T> belonging, Registrations registrations) {
        this.session = session;
        this.belonging = belonging;
        this.registrations = registrations;
    }

    @Override
    public final KeyFamily<T> family() {
        return belonging.family();
    }

    /** @throws InvalidArgumentException if it would be one more than a room may have */
    final PrefixIndex<VersionedValue> index() {
        PrefixIndex<VersionedValue> index = session.indexes().of(family().prefix());
        if (index == null) {
            throw new InvalidArgumentException("the family \"" + family().prefix() + "\" would be one more of this room that is read as "
                    + "a whole, the limit is " + PrefixIndexes.MOST + ": use one family whose sub-keys begin with what tells them "
                    + "apart, and take a part of it with asMap().subMap(…)");
        }
        return index;
    }

    private Keys keys() {
        return Keys.startingWith(family().prefix());
    }

    @Override
    public final Optional<T> get(String subKey) {
        String key = family().key(subKey).name();
        VersionedValue held = session.liveEntry(key);
        return held == null ? Optional.empty() : Optional.ofNullable(belonging.of(key, held));
    }

    @Override
    public final boolean containsKey(String subKey) {
        return get(subKey).isPresent();
    }

    @Override
    public final int size() {
        PrefixIndex<VersionedValue> index = index();
        long begun = index.begin();
        int size = new FamilyMap<>(belonging, index).size();
        return index.wasOneMoment(begun) ? size : new Moment<>(belonging, index.copy()).size();
    }

    @Override
    public final boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public final NavigableMap<String, T> asMap() {
        return new FamilyMap<>(belonging, index());
    }

    @Override
    public final NavigableMap<String, T> snapshot() {
        return new Moment<>(belonging, index().copy()).map();
    }

    @Override
    public final FamilyView<T> where(Predicate<? super T> condition) {
        if (condition == null) {
            throw new InvalidArgumentException("the condition must not be null: pass a lambda, such as vote -> vote.option() == 1");
        }
        return new ReadFamily<>(session, belonging.where(condition), registrations);
    }

    @Override
    public final Subscription onChange(Consumer<? super FamilyChange<T>> listener) {
        Arguments.requireListener(listener);
        return registrations.changes(keys(), change -> {
            FamilyChange<T> told = belonging.of(change);
            if (told != null) {
                listener.accept(told);
            }
        }, listener);
    }

    @Override
    public final Subscription onChange(Duration interval, Consumer<? super FamilyChange<T>> listener) {
        Arguments.requireTime(interval);
        Arguments.requireListener(listener);
        return registrations.paced(keys(), interval, belonging::of, FamilyChange::subKey, ReadFamily::both, listener);
    }

    private static <T> @Nullable FamilyChange<T> both(@Nullable FamilyChange<T> first, @Nullable FamilyChange<T> last) {
        return first == null || last == null || Registrations.areSame(first.oldValue(), last.newValue()) ? null
                : new FamilyChange<>(last.subKey(), first.oldValue(), last.newValue(), last.author(), last.cause());
    }

    @Override
    public final Subscription bind(Consumer<? super NavigableMap<String, T>> consumer) {
        Arguments.requireListener(consumer);
        return registrations.present(keys(), new BoundFamily<>(belonging, index(), consumer), consumer);
    }

    @Override
    public final Subscription bind(Duration interval, Consumer<? super NavigableMap<String, T>> consumer) {
        Arguments.requireTime(interval);
        Arguments.requireListener(consumer);
        return registrations.present(keys(), interval, new BoundFamily<>(belonging, index(), consumer), consumer);
    }

    @Override
    public final String toString() {
        return "FamilyView[" + family().prefix() + ", " + family().type().getSimpleName() + "]";
    }
}
