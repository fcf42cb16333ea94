package dev.parlor.testkit.internal.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * A shell that outlives the test's JVM by a moment and kills what that has left behind. A JVM of a test ends by itself when
 * its standard input ends, but not when it is stopped (SIGSTOP); this kills those too. It is told of every process, and
 * knows by the end of its own standard input, which nothing can prevent, that the test's JVM is gone.
 */
final class Guard {
    /**
     * Reads "+ pid" and "- pid"; at the end kills what is left, with what that has started. A process is stopped first,
     * so that it starts nothing more while its children are looked for. Ctrl-C in a terminal goes to the shell as well,
     * but must not end it before its work is done. Without ps (POSIX, but not in every image) only the process itself.
     */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            kill_tree() {
                kill -STOP "$1" || return
                for child in $(ps -A -o ppid= -o pid= | while read -r parent pid; do
                        [ "$parent" = "$1" ] && echo "$pid"; done); do
                    kill_tree "$child"
                done
                kill -KILL "$1"
            }
            left=
            while read -r what pid; do
                case $what in
                +) left="$left $pid" ;;
                -) others=
                   for each in $left; do [ "$each" = "$pid" ] || others="$others $each"; done
                   left=$others ;;
                esac
            done
            for each in $left; do kill_tree "$each"; done
            """;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    static Guard start() throws IOException {
        return new Guard(new ProcessBuilder("/bin/sh", "-c", SCRIPT, "parlor-guard")
                .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start());
    }

    long pid() {
        return shell.pid();
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    void add(long pid) {
        tell("+ " + pid);
    }

    void remove(long pid) {
        tell("- " + pid);
    }

    private synchronized void tell(String line) {
        try {
            OutputStream in = shell.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            in.flush();
        } catch (IOException killed) {
            // Somebody has killed it. The next process started gets a new one, which is told of all.
        }
    }
}
