package dev.parlor.it;

import dev.parlor.testkit.jvm.ParlorJvm;
import java.time.Duration;

/** A program that starts a JVM, as a test does, and says whether that ran. */
public final class StartedProgram {
    static final String RAN = "the JVM of the program ran";

    private StartedProgram() {}

    /**
     * Starts it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (ParlorJvm jvm = ParlorJvm.run("child", control -> System.out.println("I am the child"))) {
            jvm.requireSuccess(Duration.ofSeconds(30));
            System.out.println(RAN);
        }
    }
}
