package dev.parlor.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What befell whom when, in seconds since the beginning and as the logs tell time; kept with them if a test fails. */
final class Diary {
    private final Path file;
    private final long beginNanos = System.nanoTime();

    Diary(Path file) {
        this.file = file;
    }

    void note(String text) {
        try {
            Files.writeString(file, String.format("%9.3f %d %s%n", (System.nanoTime() - beginNanos) / 1e9,
                    System.currentTimeMillis(), text), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
