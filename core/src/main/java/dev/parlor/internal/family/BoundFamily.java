package dev.parlor.internal.family;

import dev.parlor.internal.index.PrefixIndex;
import dev.parlor.internal.listener.Shown;
import dev.parlor.internal.session.VersionedValue;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands over all that belongs to a view at that moment, if it is not what it handed over before. On the event thread only.
 *
 * @param <T> the class of the values
 */
final class BoundFamily<T> implements Shown {
    private final Belonging<T> belonging;
    private final PrefixIndex<VersionedValue> index;
    private final Consumer<? super NavigableMap<String, T>> consumer;
    private Moment.@Nullable Held shown;
    /** Of which state of the index that was, or a later one that is the same for this view. */
    private long version;

    BoundFamily(Belonging<T> belonging, PrefixIndex<VersionedValue> index, Consumer<? super NavigableMap<String, T>> consumer) {
        this.belonging = belonging;
        this.index = index;
        this.consumer = consumer;
    }

    @Override
    public boolean isBehind() {
        return shown == null || version != index.version();
    }

    @Override
    public void show() {
        if (!isBehind()) {
            return;
        }
        PrefixIndex.Copy<VersionedValue> copy = index.copy();
        Moment<T> now = new Moment<>(belonging, copy);
        boolean isSame = shown != null && shown.isSameAs(now.held());
        version = copy.version();
        if (!isSame) {
            shown = now.held();
            consumer.accept(now.map());
        }
    }
}
