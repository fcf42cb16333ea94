package dev.parlor.internal.listener;

/** What the application's own code threw. */
public final class Thrown {
    private Thrown() {}

    /** What it says, or its class where its own {@code toString()} or {@code getMessage()} throws: whoever tells of it goes on. */
    public static String text(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (RuntimeException | Error e) {
            return thrown.getClass().getName();
        }
    }
}
