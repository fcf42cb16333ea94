package dev.parlor.internal.dispatch;

/**
 * The keys that a listener hears of: one, or all that begin with a text.
 *
 * @param text the key, or how the keys begin
 * @param prefix whether it is how they begin
 */
public record Keys(String text, boolean prefix) {
    /** All there are. */
    public static final Keys ALL = startingWith("");

    /** One key. */
    public static Keys one(String key) {
        return new Keys(key, false);
    }

    /** All keys that begin with a text. */
    public static Keys startingWith(String prefix) {
        return new Keys(prefix, true);
    }

    /** Whether they are all that there are. */
    boolean areAll() {
        return prefix && text.isEmpty();
    }
}
