package dev.parlor.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of a test in a JVM of its own, spoken to by lines. Ended with the test, whatever happens. */
public final class Jvm implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;
    /** For programs that live for some seconds: most of the processors' time would go into compiling them well. */
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final String name;
    private final Process process;
    private final PrintWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Jvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "reads " + name);
        reader.setDaemon(true);
        reader.start();
    }

    static Jvm start(Class<?> main, String... args) {
        return start(List.of(), main, args);
    }

    /** Starts a program with options of Java, such as a small heap; the last of an option holds. */
    static Jvm withOptions(List<String> options, Class<?> main, String... args) {
        return start(List.of(), options, main, args);
    }

    /** Starts a program by a command that then becomes it, such as one that enters another host's network. */
    public static Jvm start(List<String> through, Class<?> main, String... args) {
        return start(through, List.of(), main, args);
    }

    /** As {@link #start(List, Class, String...)}, with options of Java. */
    public static Jvm start(List<String> through, List<String> options, Class<?> main, String... args) {
        List<String> command = new ArrayList<>(through);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Jvm(args.length > 1 ? args[1] : main.getSimpleName(), process);
        } catch (IOException e) {
            throw new AssertionError("cannot start " + command, e);
        }
    }

    private void read() {
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = out.readLine()) != null;) {
                seen.add(line);
                lines.add(line);
            }
        } catch (IOException ended) {
            seen.add("(its output ended: " + ended.getMessage() + ")");
        }
        lines.add("(ended)");
    }

    /** All that it has said. */
    public List<String> seen() {
        return seen;
    }

    /** Says a line. */
    public void say(String line) {
        in.println(line);
    }

    /** Waits for a line that begins with a text, skipping others, and gives what follows it. */
    public String await(String prefix) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        try {
            for (String line; (line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) != null;) {
                if (line.startsWith(prefix)) {
                    return line.substring(prefix.length()).strip();
                }
                if (line.equals("(ended)")) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " did not say \"" + prefix + "…\"; it said:\n" + String.join("\n", seen));
    }

    /** Says a line and waits for the answer to it, which begins with its first word. */
    public String ask(String line) {
        say(line);
        return await("re:" + line.split(" ", 2)[0]);
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends it a signal, such as STOP or CONT. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end and gives its exit code. */
    public int awaitExit() {
        try {
            if (process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " did not exit; it said:\n" + String.join("\n", seen));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
