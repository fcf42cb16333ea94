package dev.parlor.demo.desktop.model;

import java.time.Instant;

/**
 * Something said in the chat.
 *
 * @param at when it was heard here
 * @param from who said it
 * @param to to whom alone, empty if to all
 * @param mine whether this participant said it
 * @param text what was said
 * @param kind where it was said
 */
public record ChatLine(Instant at, String from, String to, boolean mine, String text, Kind kind) {
    /** Where something was said. */
    public enum Kind {
        /** In the room. */
        ROOM,
        /** In the breakout room. */
        BREAKOUT,
        /** To all rooms. */
        ANNOUNCEMENT
    }
}
