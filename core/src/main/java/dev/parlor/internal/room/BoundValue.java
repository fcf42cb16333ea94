package dev.parlor.internal.room;

import dev.parlor.internal.session.VersionedValue;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands over what a key holds at that moment, if it is another value than before. A value that has been overwritten while it
 * waited for the listener is not handed over any more: shown in a field that writes back what it shows, it would overwrite
 * what overwrote it, and that it again, for ever. On the event thread only.
 */
final class BoundValue {
    private final RoomCore core;
    private final String key;
    private final Consumer<? super Optional<Object>> consumer;
    private boolean begun;
    private VersionedValue shown;

    BoundValue(RoomCore core, String key, Consumer<? super Optional<Object>> consumer) {
        this.core = core;
        this.key = key;
        this.consumer = consumer;
    }

    /** The key may hold something else. */
    void show() {
        VersionedValue now = core.state().session().liveEntry(key);
        if (begun && VersionedValue.sameForReaders(shown, now)) {
            return;
        }
        begun = true;
        shown = now;
        consumer.accept(now == null ? Optional.empty() : core.values().of(key, now));
    }
}
