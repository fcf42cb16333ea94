package dev.parlor.testkit.jvm;

import dev.parlor.testkit.internal.argument.Patience;
import dev.parlor.testkit.internal.argument.Require;
import dev.parlor.testkit.internal.control.Started;
import dev.parlor.testkit.internal.process.Children;
import dev.parlor.testkit.internal.process.JvmMain;
import dev.parlor.testkit.internal.process.Output;
import dev.parlor.testkit.internal.process.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of a test, as a process of its own: the same Java and class path as the test, what it prints in the test's output
 * with its name before each line, and an end in any case: when it is closed, when the test's JVM exits, and on Unix also
 * when the test's JVM is killed by SIGKILL, be this one stopped at that moment or not. What it has started itself is killed
 * with it. If the test runs from the module path, the JVM has the same modules, and what patches them, on its class path: it
 * finds the same classes, and a service only where it is declared in {@code META-INF/services}.
 *
 * <pre>{@code
 * try (ControlRoom control = ControlRoom.open()) {
 *     ParlorJvm server = control.run("server", there -> there.publish("port", Server.start().port()));
 *     int port = control.await("port", Integer.class);
 *     server.kill();
 * }
 * }</pre>
 *
 * <p>Its standard input belongs to the kit: {@code System.in} gives nothing there and does not end. Talk to it through a
 * {@link ControlRoom}. Java options of the test's JVM are not passed on (agents, debuggers, heap sizes), whether they come
 * from its command line or from an environment variable such as {@code JAVA_TOOL_OPTIONS}; see
 * {@link ParlorJvmBuilder#jvmOptions}. The standard output is taken as UTF-8, and the JVM is told to write it so.
 *
 * <p>Thread-safe. No wait lasts longer than its timeout; interrupting it ends it with a {@link JvmException}.
 */
public final class ParlorJvm implements AutoCloseable {
    /** What a JVM exits with when its {@link Task} has thrown. */
    public static final int EXIT_TASK_FAILED = JvmMain.EXIT_TASK_FAILED;
    /** A killed process is gone in milliseconds, unless the kernel is busy writing its memory to a disk. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    /** After the exit the rest of its output is in a pipe already. Longer only if a program that it started holds the pipe. */
    private static final Duration OUTPUT_AFTER_EXIT = Duration.ofSeconds(1);

    private final String name;
    private final Process process;
    private final Output output;
    private final Duration patience;

    ParlorJvm(String name, Process process, Duration patience) {
        this.name = name;
        this.process = process;
        this.output = new Output(name, process.getInputStream());
        this.patience = patience;
    }

    /**
     * Begins to start a JVM with options.
     *
     * @param name the name before each line of its output, and in its control room; not blank
     * @return a builder
     */
    public static ParlorJvmBuilder named(String name) {
        return new ParlorJvmBuilder(Require.name(name));
    }

    /**
     * Starts a JVM that runs a program, named by the program's class.
     *
     * @param main a class with {@code public static void main(String[])}; need not be public itself
     * @param args the arguments of its main method
     * @return the JVM; it has only just begun
     * @throws dev.parlor.InvalidArgumentException if the class has no such method
     * @throws JvmException if the process cannot be started
     */
    public static ParlorJvm start(Class<?> main, String... args) {
        return new ParlorJvmBuilder(null).start(main, args);
    }

    /**
     * Starts a JVM that runs a task.
     *
     * @param name the name before each line of its output
     * @param task what to run there; it takes part in no control room, see {@link ControlRoom#run}
     * @return the JVM; it has only just begun
     * @throws TaskNotSerializableException if the task captures what cannot travel
     * @throws JvmException if the process cannot be started
     */
    public static ParlorJvm run(String name, Task task) {
        return named(name).run(task);
    }

    /**
     * The name.
     *
     * @return the name before each line of its output
     */
    public String name() {
        return name;
    }

    /**
     * The number of the process.
     *
     * @return the process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether it runs. A stopped JVM is alive.
     *
     * @return true until the process has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * What it has printed so far, standard output and error output together in order.
     *
     * @return the newest lines, of about a million characters at most; a line of over 16,384 characters counts as several
     */
    public List<String> output() {
        return output.lines();
    }

    /**
     * Waits for a line of its output for as long as its patience.
     *
     * @param containing a text in the line
     * @return the first line with it, also if it was printed before this call
     * @throws JvmFailedException if the JVM ends without such a line
     * @throws JvmTimeoutException if there is none in time
     */
    public String awaitOutput(String containing) {
        return awaitOutput(containing, patience);
    }

    /**
     * Waits for a line of its output.
     *
     * @param containing a text in the line
     * @param timeout how long at most, positive
     * @return the first line with it, also if it was printed before this call
     * @throws JvmFailedException if the JVM ends without such a line
     * @throws JvmTimeoutException if there is none in time
     */
    public String awaitOutput(String containing, Duration timeout) {
        Require.present(containing, "the text", "pass one that is in the line");
        Patience.check(timeout);
        Optional<String> line;
        try {
            line = output.await(containing, timeout);
        } catch (InterruptedException e) {
            throw interrupted("waiting for its output", e);
        }
        return line.orElseThrow(() -> {
            if (output.ended()) {
                return new JvmFailedException(this + " ended with exit code " + awaitExit() + " and never printed \""
                        + containing + "\"; " + output.last(), awaitExit());
            }
            return new JvmTimeoutException(this + " has not printed \"" + containing + "\" within "
                    + Patience.text(timeout) + "; " + output.last());
        });
    }

    /**
     * Waits for its end for as long as its patience.
     *
     * @return its exit code
     * @throws JvmTimeoutException if it still runs then
     */
    public int awaitExit() {
        return awaitExit(patience);
    }

    /**
     * Waits for its end.
     *
     * @param timeout how long at most, positive
     * @return its exit code; on Unix 128 and the number of the signal if it was killed, such as 137 for SIGKILL
     * @throws JvmTimeoutException if it still runs then
     */
    public int awaitExit(Duration timeout) {
        Patience.check(timeout);
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new JvmTimeoutException(this + " has not ended within " + Patience.text(timeout)
                        + "; it ends when its task or main method has returned and no thread runs that is not a daemon; "
                        + output.last());
            }
            output.awaitEnd(OUTPUT_AFTER_EXIT);
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted("waiting for its end", e);
        }
    }

    /**
     * Waits for its end for as long as its patience and checks that it ended well.
     *
     * @throws JvmFailedException if its exit code is not 0; the message has the last output
     * @throws JvmTimeoutException if it still runs then
     */
    public void requireSuccess() {
        requireSuccess(patience);
    }

    /**
     * Waits for its end and checks that it ended well.
     *
     * @param timeout how long at most, positive
     * @throws JvmFailedException if its exit code is not 0; the message has the last output
     * @throws JvmTimeoutException if it still runs then
     */
    public void requireSuccess(Duration timeout) {
        int exitCode = awaitExit(timeout);
        if (exitCode != 0) {
            throw new JvmFailedException(this + " ended with exit code " + exitCode + ", not 0; " + output.last(), exitCode);
        }
    }

    /** Kills it and all that it has started, as by SIGKILL: nothing of it runs any more. Does not wait for its end. */
    public void kill() {
        Children.kill(process);
    }

    /** Asks it to end, as by SIGTERM: its shutdown hooks run. Of no effect on a stopped JVM until it goes on. */
    public void end() {
        // Not by the process itself: that closes its standard input, at the end of which it halts without any hook.
        process.toHandle().destroy();
    }

    /**
     * Stops it where it is, as by SIGSTOP: all its threads stand still until {@link #resume}, and others do not see it as
     * lost until it has missed some heartbeats.
     *
     * @throws SignalUnsupportedException on Windows
     * @throws JvmException if it has ended
     */
    public void suspend() {
        signal("STOP");
    }

    /**
     * Lets it go on after {@link #suspend}, as by SIGCONT.
     *
     * @throws SignalUnsupportedException on Windows
     * @throws JvmException if it has ended
     */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (!Signals.supported()) {
            throw new SignalUnsupportedException(signal, System.getProperty("os.name"));
        }
        try {
            if (!Signals.send(signal, pid())) {
                throw new JvmException("SIG" + signal + " could not be sent to " + this + ": has it ended?", null);
            }
        } catch (IOException e) {
            throw new JvmException("SIG" + signal + " could not be sent to the JVM \"" + name + "\": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JvmException("interrupted while sending SIG" + signal + " to the JVM \"" + name + "\"", e);
        }
    }

    /**
     * Kills it, if it still runs, and waits until it is gone.
     *
     * @throws JvmTimeoutException if the operating system does not end it within 10 s
     */
    @Override
    public void close() {
        kill();
        try {
            if (!process.waitFor(KILL_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new JvmTimeoutException(this + " was killed and is not gone after " + Patience.text(KILL_TIMEOUT));
            }
            output.awaitEnd(OUTPUT_AFTER_EXIT);
        } catch (InterruptedException e) {
            // It is killed; whoever interrupts does not want to wait.
            Thread.currentThread().interrupt();
        }
    }

    /** What its control room does with it. */
    Started started() {
        return new Started(this::isAlive, this::state, this::kill, this::close);
    }

    /** How it is, and when it has ended otherwise than well what it printed last; for the report of a control room. */
    private String state() {
        if (process.isAlive()) {
            return this + " runs";
        }
        int exitCode = process.exitValue();
        return this + " has ended with exit code " + exitCode + (exitCode == 0 ? "" : "; " + output.last());
    }

    private JvmException interrupted(String doing, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new JvmException("interrupted while " + doing + ": " + this, e);
    }

    @Override
    public String toString() {
        return "the JVM \"" + name + "\" (pid " + pid() + ")";
    }
}
