package dev.parlor.testkit.jvm;

/** A process cannot be stopped and continued on this operating system, only killed. Nothing has happened to it. */
public final class SignalUnsupportedException extends JvmException {
    private static final long serialVersionUID = 1L;

    SignalUnsupportedException(String signal, String os) {
        super("SIG" + signal + " cannot be sent on " + os + ": it is a signal of Unix; skip the test there, for example by "
                + "@DisabledOnOs(OS.WINDOWS), or use kill()", null);
    }
}
