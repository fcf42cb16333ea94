package dev.parlor.bench.peer;

import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.candidate.Place;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program of a JVM that is measured. Its arguments: candidate, name of the group, port. */
public final class Peer {
    private Peer() {}

    /** Obeys until standard input ends. */
    public static void main(String[] args) throws Exception {
        long begun = System.nanoTime();
        PrintStream out = System.out;
        // Whatever a library prints must not look like an answer.
        System.setOut(System.err);
        Commands commands = new Commands(Kind.of(args[0]), new Place(args[1], Integer.parseInt(args[2])), begun);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null;) {
            String answer;
            try {
                answer = "ok " + commands.run(line.split(" "));
            } catch (Throwable e) {
                e.printStackTrace();
                answer = "failed " + e;
            }
            out.println(answer.lines().findFirst().orElse(""));
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }
}
