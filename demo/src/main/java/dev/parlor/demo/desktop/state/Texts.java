package dev.parlor.demo.desktop.state;

/** Texts of others. A component that the sender's version of a record does not have is read as null, which is no text to show. */
final class Texts {
    private Texts() {}

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
