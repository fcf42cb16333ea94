package dev.parlor.demo.desktop.state;

/** Something that floats up over its sender's tile. An app-message: it belongs to the moment. */
public enum Reaction {
    APPLAUSE("Applause"),
    HEART("Heart"),
    LAUGH("Laugh"),
    THUMB("Thumb up");

    private final String label;

    Reaction(String label) {
        this.label = label;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }
}
