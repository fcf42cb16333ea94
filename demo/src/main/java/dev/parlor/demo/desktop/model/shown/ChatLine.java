package dev.parlor.demo.desktop.model.shown;

import java.time.Instant;

/**
 * Something said in the chat.
 *
 * @param number which of this window's own lines it is, from 1; 0 for those of others
 * @param at when it was heard here
 * @param from who said it
 * @param to to whom alone, empty if to all
 * @param text what was said
 * @param kind where it was said
 * @param heard whether others have heard it; of what others said, it was heard
 */
public record ChatLine(int number, Instant at, String from, String to, String text, Kind kind, Heard heard) {
    /** Where something was said. */
    public enum Kind {
        /** In the room. */
        ROOM,
        /** In the breakout room. */
        BREAKOUT,
        /** To all rooms. */
        ANNOUNCEMENT
    }

    /** Whether others have heard something. */
    public enum Heard {
        /** It is on its way. */
        NOT_YET,
        /** Everybody who was there has it. */
        BY_ALL,
        /** Nobody else was there. */
        BY_NOBODY,
        /** The network was cut, or somebody left or did not confirm it in time. */
        UNCERTAIN
    }

    /** Whether this window's participant said it. */
    public boolean mine() {
        return number > 0;
    }
}
