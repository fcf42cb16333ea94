package dev.parlor.demo.desktop.model.shown;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Something said in the chat.
 *
 * @param number which of this window's own lines it is, from 1; 0 for those of others
 * @param key of the entry that it is, if it was said to everyone; empty if it is an app-message
 * @param at when it was said, in the room's time; of an app-message, when it was heard here
 * @param from who said it
 * @param to to whom alone, empty if to all
 * @param text what was said
 * @param kind where it was said
 * @param heard whether others have heard it; of what others said, it was heard
 */
public record ChatLine(int number, String key, Instant at, String from, String to, String text, Kind kind, Heard heard) {
    /** By the room's time, the same everywhere; the keys settle what was said within one millisecond. */
    public static final Comparator<ChatLine> AS_SAID = Comparator.comparing(ChatLine::at).thenComparing(ChatLine::key);

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
        /** Nobody else was there, nor does anybody get it later. */
        BY_NOBODY,
        /** Nobody else was there, and who comes within its lifetime gets it. */
        KEPT,
        /** The network was cut, or somebody left or did not confirm it in time. */
        UNCERTAIN
    }

    /** Whether this window's participant said it. */
    public boolean mine() {
        return number > 0;
    }

    /**
     * Where this line belongs among those that are shown: at the end, but before what was said to everyone later than it, as when a cut
     * has healed. An app-message has just been heard, and what this window's participant says is the newest there is.
     */
    public int placeAmong(List<ChatLine> lines) {
        int place = lines.size();
        if (key.isEmpty() || mine()) {
            return place;
        }
        for (int i = place - 1; i >= 0; i--) {
            ChatLine before = lines.get(i);
            if (!before.key.isEmpty()) {
                if (AS_SAID.compare(before, this) <= 0) {
                    return place;
                }
                place = i;
            }
        }
        return place;
    }
}
