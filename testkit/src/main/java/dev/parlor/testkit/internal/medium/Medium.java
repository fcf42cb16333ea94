package dev.parlor.testkit.internal.medium;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.NetworkOptions;

/** What carries frames between participants, as well or badly as the {@link Faults} say. Thread-safe. */
public interface Medium extends AutoCloseable {
    /** A participant's end of it, not connected yet. */
    Network open(NetworkOptions options, Gate gate);

    /** Who reaches whom has changed. */
    void changed();

    /** A participant has vanished, without a word. */
    void vanished(long member);

    /** The test is over: whatever takes time takes none any more. */
    void hurry();

    /** All participants have left. */
    @Override
    void close();
}
