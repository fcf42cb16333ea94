package dev.parlor.demo.desktop.state;

/**
 * What a participant shares of itself: its user data. Nobody else can write it, late joiners get it, and it is gone with its
 * owner: a raised hand, a typing mark or a pointer of one whose program was killed can never stay behind.
 *
 * @param colour of the avatar, as 0xRRGGBB
 * @param handUp whether it has raised its hand
 * @param status what it says of itself, may be empty
 * @param typing whether it is writing in the chat
 * @param pointer where it points, null if nowhere
 */
public record Presence(int colour, boolean handUp, String status, boolean typing, Pointer pointer) {
    /** Of one whose program shares nothing, or something that is not known here. */
    public static final Presence UNKNOWN = new Presence(0x808080, false, "", false, null);

    /** Reads what a version left out that has no status. */
    public Presence {
        status = Texts.orEmpty(status);
    }

    /** Of one who has just come. */
    public static Presence of(int colour) {
        return new Presence(colour, false, "", false, null);
    }

    public Presence withHandUp(boolean up) {
        return new Presence(colour, up, status, typing, pointer);
    }

    public Presence withStatus(String text) {
        return new Presence(colour, handUp, text, typing, pointer);
    }

    public Presence withTyping(boolean now) {
        return new Presence(colour, handUp, status, now, pointer);
    }

    public Presence withPointer(Pointer at) {
        return new Presence(colour, handUp, status, typing, at);
    }
}
