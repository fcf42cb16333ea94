package dev.parlor.testkit.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a process prints: passed on line by line with a prefix, and the newest of it kept. Thread-safe. */
public final class Output {
    /** Characters kept of one process, the oldest lines go first: thousands of lines, and five processes take some MB. */
    public static final int KEPT_CHARS = 1 << 20;
    /** A line longer than this is taken as several, so that a process that never ends its line does not fill the heap. */
    public static final int MAX_LINE_CHARS = 16 << 10;
    /** Lines shown when something failed: a stack trace with what came before it. */
    static final int SHOWN_LINES = 40;

    private final String prefix;
    private final Thread reader;
    private final Deque<String> lines = new ArrayDeque<>();
    private int keptChars;
    /** The number of the first line kept, counted from 0. */
    private long first;
    private boolean ended;

    public Output(String name, InputStream from) {
        this.prefix = "[" + name + "] ";
        this.reader = new Thread(() -> read(from), "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream from) {
        StringBuilder line = new StringBuilder();
        try (Reader in = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            char[] chars = new char[8192];
            for (int count; (count = in.read(chars)) >= 0;) {
                for (int i = 0; i < count; i++) {
                    if (chars[i] == '\n') {
                        add(line);
                    } else {
                        line.append(chars[i]);
                        if (line.length() == MAX_LINE_CHARS) {
                            add(line);
                        }
                    }
                }
            }
        } catch (IOException killed) {
            // The pipe of a killed process may end so; what it said is here.
        }
        if (line.length() > 0) {
            add(line);
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private void add(StringBuilder chars) {
        if (chars.length() > 0 && chars.charAt(chars.length() - 1) == '\r') {
            chars.setLength(chars.length() - 1);
        }
        String line = chars.toString();
        chars.setLength(0);
        System.out.println(prefix + line);
        synchronized (this) {
            lines.add(line);
            keptChars += line.length() + 1;
            while (keptChars > KEPT_CHARS) {
                keptChars -= lines.remove().length() + 1;
                first++;
            }
            notifyAll();
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first line kept that contains a text; empty when the time is over or the output has ended without one. */
    public synchronized Optional<String> await(String text, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long seen = 0;
        while (true) {
            // All of them at the first time, later those that are new.
            Optional<String> found = lines.stream().skip(Math.max(0, seen - first)).filter(each -> each.contains(text))
                    .findFirst();
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (found.isPresent() || ended || millis <= 0) {
                return found;
            }
            seen = first + lines.size();
            wait(millis);
        }
    }

    public synchronized boolean ended() {
        return ended;
    }

    /** Waits until all that was printed is here. */
    public void awaitEnd(Duration timeout) throws InterruptedException {
        reader.join(timeout.toMillis());
    }

    /** The last lines, for a message. */
    public synchronized String last() {
        if (lines.isEmpty()) {
            return "it has printed nothing";
        }
        List<String> all = new ArrayList<>(lines);
        List<String> shown = all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size());
        return "its last output:\n    " + String.join("\n    ", shown);
    }
}
