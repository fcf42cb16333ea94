package dev.parlor.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the system, one after the other. */
public final class Shell {
    private static final long SECONDS = 20;

    private Shell() {}

    /**
     * Runs a command.
     *
     * @return what it printed
     * @throws AssertionError with what it printed, if it failed
     */
    public static String must(String... command) {
        Done done = run(List.of(command));
        if (done.code != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + done.printed);
        }
        return done.printed;
    }

    /** As {@link #must(String...)}, in a namespace. */
    public static String within(String namespace, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        return must(whole.toArray(String[]::new));
    }

    /** Whether a command can be run and succeeds. */
    public static boolean works(String... command) {
        try {
            return run(List.of(command)).code == 0;
        } catch (AssertionError e) {
            return false;
        }
    }

    private record Done(int code, String printed) {}

    private static Done run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " does not end: " + printed);
            }
            return new Done(process.exitValue(), printed);
        } catch (IOException e) {
            throw new AssertionError("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
