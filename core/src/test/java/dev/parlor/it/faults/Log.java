package dev.parlor.it.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a participant logged; see {@link PeerLog} for what the lines mean.
 *
 * @param who its id
 * @param survivor whether it was there to the end
 * @param lines the words of each line
 */
record Log(String who, boolean survivor, List<String[]> lines) {

    /** Reads a log; nothing if its participant ended before it had joined, and so before it had written. */
    static Optional<Log> read(Path file, boolean survivor) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        // Of who was killed the last line may be there in part.
        List<String[]> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines()
                .map(line -> line.split("\t", -1)).toList();
        return lines.stream().filter(line -> line[0].equals("J")).findFirst()
                .map(joined -> new Log(joined[1], survivor, lines));
    }

    /** The lines of a kind. */
    Stream<String[]> of(String kind) {
        return lines.stream().filter(line -> line[0].equals(kind));
    }

    /** Whether it left in peace, having waited for the others to have what it wrote. */
    boolean closed() {
        return lines.get(lines.size() - 1)[0].equals("Z");
    }

    /** User data as a number, -1 for none. All set u and a number that grows. */
    static long version(String userData) {
        return userData.startsWith("u") ? Long.parseLong(userData.substring(1)) : -1;
    }
}
