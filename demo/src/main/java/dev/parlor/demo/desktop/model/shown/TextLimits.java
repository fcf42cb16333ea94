package dev.parlor.demo.desktop.model.shown;

/**
 * How long texts are that a window takes and shows. A window measures what it shows again and again, on the one thread on which it
 * answers, and other programs may share texts as long as Parlor carries.
 */
public final class TextLimits {
    /** Characters of a participant's status, which is one line of a tile. */
    public static final int STATUS = 200;
    /** Characters of any other text: half a page, more than is read in a line of a chat or a banner. */
    public static final int TEXT = 2_000;

    private TextLimits() {}

    /** A text as it is, or its beginning and an ellipsis if it is longer than so many characters. */
    public static String shown(String text, int most) {
        return text.length() <= most ? text : beginning(text, most) + "…";
    }

    /** The first so many characters of a text; one less where that would be half a character of two. */
    public static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
