package dev.parlor.testkit.record;

import dev.parlor.testkit.internal.argument.Require;
import java.time.Duration;
import java.util.List;

/**
 * One thing that happened to a room.
 *
 * @param number from 1
 * @param at when, since the recording began
 * @param kind what it was
 * @param text what it was, in words
 * @param changes what it changed in the session data, a line a key: what it held before and holds since, with author and time
 */
public record Step(int number, Duration at, Kind kind, String text, List<String> changes) {
    /**
     * A step.
     *
     * @param number from 1
     * @param at when, since the recording began
     * @param kind what it was
     * @param text what it was, in words
     * @param changes what it changed; copied
     * @throws dev.parlor.InvalidArgumentException if one is null
     */
    public Step {
        Require.present(at, "the time", "pass when it was, since the recording began");
        Require.present(kind, "the kind", "pass one of Step.Kind");
        Require.present(text, "the text", "pass \"\" for none");
        Require.present(changes, "the changes", "pass an empty list for none");
        changes.forEach(each -> Require.present(each, "each of the changes", "leave it out"));
        changes = List.copyOf(changes);
    }

    /** What happened. */
    public enum Kind {
        /** Whose recording it is. */
        ROOM,
        /** What the room held when the recording began. */
        HELD,
        /** Members came or went. */
        VIEW,
        /** A frame came. */
        IN,
        /** A frame was sent. */
        OUT,
        /** Session data was written here. */
        WROTE,
        /** Session data of others was merged into what the room holds. */
        APPLIED,
        /** Keys removed long ago were forgotten. */
        COMPACTED,
        /** Listeners were told something. */
        EVENT,
        /** What the room held when the recording ended. */
        FINALLY,
        /** The recording ended. */
        END
    }

    /** As it is printed. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format("%5d %10.3f ms  %-9s %s", number, at.toNanos() / 1e6, kind, text));
        changes.forEach(change -> line.append("\n                            ").append(change));
        return line.toString();
    }
}
