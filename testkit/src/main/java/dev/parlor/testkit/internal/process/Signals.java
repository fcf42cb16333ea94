package dev.parlor.testkit.internal.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Signals of Unix that the JDK cannot send. */
public final class Signals {
    /** It takes milliseconds; on a machine that needs longer than this no test is of use. */
    private static final long TIMEOUT_SECONDS = 10;

    private Signals() {}

    public static boolean supported() {
        return !System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Sends a signal, such as STOP, and returns when it was sent; says whether it could be. */
    public static boolean send(String signal, long pid) throws IOException, InterruptedException {
        // By the shell's own kill: a small image may have no other.
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        return kill.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && kill.exitValue() == 0;
    }
}
