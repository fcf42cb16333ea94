package dev.parlor.demo.desktop.state;

/**
 * Something said, to all or to one. An app-message: who joins later does not get it.
 *
 * @param text what was said
 */
public record Chat(String text) {
    /** Reads what a version left out that has no such text. */
    public Chat {
        text = Texts.orEmpty(text);
    }
}
