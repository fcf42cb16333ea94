package dev.parlor.demo.desktop.state;

/**
 * A question to the session, without its up-votes. Session data.
 *
 * @param text what is asked
 */
public record Question(String text) {
    /** Reads what a version left out that has no such text. */
    public Question {
        text = Texts.orEmpty(text);
    }
}
