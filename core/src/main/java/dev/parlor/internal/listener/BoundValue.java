package dev.parlor.internal.listener;

import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.VersionedValue;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands over what a key holds at that moment, if it is another value than before. A value that has been overwritten while it
 * waited for the listener is not handed over any more: shown in a field that writes back what it shows, it would overwrite
 * what overwrote it, and that it again, for ever. On the event thread only.
 */
public final class BoundValue implements Shown {
    private final SessionReplica session;
    private final Values values;
    private final String key;
    private final Consumer<? super Optional<Object>> consumer;
    private boolean begun;
    private @Nullable VersionedValue shown;

    /** @param consumer gets what the key holds */
    public BoundValue(SessionReplica session, Values values, String key, Consumer<? super Optional<Object>> consumer) {
        this.session = session;
        this.values = values;
        this.key = key;
        this.consumer = consumer;
    }

    @Override
    public boolean isBehind() {
        return isBehind(session.liveEntry(key));
    }

    private boolean isBehind(@Nullable VersionedValue now) {
        return !begun || !VersionedValue.sameForReaders(shown, now);
    }

    /** The key may hold something else. */
    @Override
    public void show() {
        VersionedValue now = session.liveEntry(key);
        if (!isBehind(now)) {
            return;
        }
        begun = true;
        shown = now;
        consumer.accept(now == null ? Optional.empty() : values.of(key, now));
    }
}
