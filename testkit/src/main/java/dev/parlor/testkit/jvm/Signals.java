package dev.parlor.testkit.jvm;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Signals of Unix that the JDK cannot send. */
final class Signals {
    /** It takes milliseconds; on a machine that needs longer than this no test is of use. */
    private static final long TIMEOUT_SECONDS = 10;

    private Signals() {}

    static boolean supported() {
        return !System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Sends a signal, such as STOP, and returns when it was sent. */
    static void send(String signal, String jvm, long pid) {
        if (!supported()) {
            throw new SignalUnsupportedException(signal, System.getProperty("os.name"));
        }
        try {
            // By the shell's own kill: a small image may have no other.
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
            if (!kill.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new JvmException("SIG" + signal + " could not be sent to the JVM \"" + jvm + "\" (pid " + pid
                        + "): has it ended?", null);
            }
        } catch (IOException e) {
            throw new JvmException("SIG" + signal + " could not be sent to the JVM \"" + jvm + "\": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JvmException("interrupted while sending SIG" + signal + " to the JVM \"" + jvm + "\"", e);
        }
    }
}
