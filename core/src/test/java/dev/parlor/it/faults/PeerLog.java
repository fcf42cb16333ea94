package dev.parlor.it.faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a participant does and sees, a line each, words with tabs between. Times are milliseconds of the one clock of
 * the machine that all run on.
 *
 * <pre>
 * J id name time            it has joined           I id data time             was present then, with this user data
 * P key value               puts                    R key                      removes
 * B key value               puts as one of a pair   N n                        the n-th write is done
 * U data                    sets its user data      C n to time                sends message n to one, or to all: *
 * A n others time           the others, so many, have confirmed the first n writes
 * F begun ended n data ids  these were present all the time, and have confirmed its count n and its user data
 * E key old new             heard of a change
 * + id data time            heard of one who joined
 * ~ id new old time         heard of other user data
 * - id data time            heard of one who left
 * M from n to count data needed time   heard message n, held this count and user data of its sender, needed that data
 * K id count data time      held this of another in all looks up to that time
 * W kind time text          was warned
 * T …                       saw a pair torn
 * V key held written        read of its own count what it had not written last
 * H rest id data            held this user data at a rest
 * S key value               held at the end         Z                          the end, in peace
 * </pre>
 */
final class PeerLog {
    private final PrintWriter out;

    PeerLog(Path file) throws IOException {
        out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    /** Writes a line. What others may see must be in the file before they do, since a kill spares no buffer. */
    synchronized void line(Object... words) {
        StringBuilder text = new StringBuilder();
        for (Object word : words) {
            text.append(text.length() == 0 ? "" : "\t").append(word);
        }
        out.println(text);
        if (!words[0].equals("E") && !words[0].equals("S")) {
            out.flush();
        }
    }

    synchronized void close() {
        out.close();
    }
}
