package dev.parlor.demo.desktop.state;

/**
 * Something said. To everyone it is session data for a while, a member of {@link Keys#CHAT}, so that who joins a little late sees it; to
 * one, or in a breakout room, it is an app-message, for those who are there.
 *
 * @param text what was said
 */
public record Chat(String text) {
    /** Reads what a version left out that has no such text. */
    public Chat {
        text = Texts.orEmpty(text);
    }
}
