package dev.parlor.internal.value;

import dev.parlor.internal.value.io.Lacking;
import dev.parlor.internal.value.io.Unreadable;
import org.jspecify.annotations.Nullable;

/** The bytes of a value do not become an object here. */
public final class UndecodableValueException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String ADVICE_FOR_OTHER_BYTES = "run the same version of the program, and of its classes, everywhere";

    /** What is wrong, the same for all values of which the same is wrong. */
    private final String reason;
    /** What to do. */
    private final String advice;
    /** Whether the next attempt may succeed. */
    private final boolean passing;

    private UndecodableValueException(String message, String reason, String advice, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.advice = advice;
        this.passing = passing;
    }

    /** The exception for what reading a value threw, after it had met constants that are lacking here. */
    static UndecodableValueException of(Throwable thrown, Lacking lacking) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError shortage) {
                return shortOf(shortage);
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unreadable unreadable) {
                String message = firstLine(unreadable) + (lacking.isEmpty() ? "" : "; it was read without " + lacking);
                return new UndecodableValueException(message, unreadable.reason(), unreadable.advice(), false, thrown);
            }
        }
        String message = firstLine(thrown);
        if (thrown instanceof NoClassDefFoundError) {
            return new UndecodableValueException(message, message, "put that class on the class path of this program", false, thrown);
        }
        if (thrown instanceof Error) {
            return new UndecodableValueException(thrown.toString(), thrown.getClass().getName(), "let the methods of its classes that "
                    + "are called for it (hashCode(), equals()) not throw", false, thrown);
        }
        return new UndecodableValueException(message, thrown.getClass().getName(), ADVICE_FOR_OTHER_BYTES, false, thrown);
    }

    /** The exception for a reader that had too little memory or stack at this moment, which says nothing of the value. */
    static UndecodableValueException shortOf(VirtualMachineError error) {
        String advice = error instanceof StackOverflowError ? "read it where fewer calls are nested, or give threads more stack (-Xss)"
                : "give the program more memory (-Xmx)";
        return new UndecodableValueException("at this moment: " + error, error.getClass().getName(), advice
                + "; the value is kept, and decoded when it is read again", true, error);
    }

    /** The exception for a value that is nothing but a constant that is lacking here. */
    static UndecodableValueException nothingBut(Lacking lacking) {
        String message = lacking.isEmpty() ? "it was read as null" : "this program lacks " + lacking;
        return new UndecodableValueException(message, message, lacking.isEmpty() ? ADVICE_FOR_OTHER_BYTES : Lacking.ADVICE,
                false, null);
    }

    /** What is wrong, without anything of this value: the same for all values of which the same is wrong. */
    public String reason() {
        return reason;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }

    /** Whether it lacked only memory or stack at this moment, so that the next attempt may succeed. */
    public boolean isPassing() {
        return passing;
    }

    static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("").strip();
    }
}
