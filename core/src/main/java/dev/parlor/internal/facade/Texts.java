package dev.parlor.internal.facade;

import dev.parlor.InvalidArgumentException;
import java.nio.CharBuffer;
import java.text.Normalizer;

/**
 * Names and passphrases by which programs find each other. Keyboards and file systems write "é" as one character or as two;
 * what looks the same must be the same, so they are compared in Unicode's normal form C (Unicode Standard Annex 15; for
 * passphrases RFC 8265, section 4.2). Half of a surrogate pair is no text: encoded it becomes "?", the same for all.
 */
public final class Texts {
    private static final int MAX_NAME_CHARS = 200;
    private static final char MAX_ASCII = 0x7F;

    private Texts() {}

    /** The name of a room, as all who are to meet have it. */
    public static String roomName(String name) {
        requireName("the name of the room", name);
        return isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** A name to be shown, as it was given. */
    public static String requireName(String what, String name) {
        if (name == null || name.isBlank() || name.length() > MAX_NAME_CHARS) {
            throw new InvalidArgumentException(what + " must have 1 to " + MAX_NAME_CHARS + " characters, got "
                    + (name == null ? "null" : name.isBlank() ? "a blank text" : name.length() + " characters"));
        }
        requireWhole(what, name);
        return name;
    }

    /**
     * A passphrase as all have it who type it, in an array of its own.
     *
     * @param otherwise what to do in place of giving none
     */
    public static char[] passphrase(char[] typed, String otherwise) {
        if (typed == null || typed.length == 0) {
            throw new InvalidArgumentException("the passphrase must not be " + (typed == null ? "null" : "empty") + ": "
                    + otherwise);
        }
        CharBuffer text = CharBuffer.wrap(typed);
        requireWhole("the passphrase", text);
        // Most are composed already: a string of them could not be wiped.
        return isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC) ? typed.clone()
                : Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray();
    }

    /** It is in normal form then, and the tables of Unicode need not be loaded, which a first join would have to wait for. */
    private static boolean isAscii(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > MAX_ASCII) {
                return false;
            }
        }
        return true;
    }

    private static void requireWhole(String what, CharSequence text) {
        if (isAscii(text)) {
            return;
        }
        if (text.codePoints().anyMatch(each -> each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)) {
            throw new InvalidArgumentException(what + " holds half of a surrogate pair, which is no text that can be sent: "
                    + "cut texts between characters");
        }
    }
}
