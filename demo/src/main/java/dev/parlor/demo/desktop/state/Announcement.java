package dev.parlor.demo.desktop.state;

/**
 * Something said to all, in whatever breakout room they are. An app-message of the main room, in which everybody stays.
 *
 * @param text what was said
 */
public record Announcement(String text) {
    /** Reads what a version left out that has no such text. */
    public Announcement {
        text = Texts.orEmpty(text);
    }
}
