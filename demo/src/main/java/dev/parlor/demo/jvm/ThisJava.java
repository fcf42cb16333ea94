package dev.parlor.demo.jvm;

import java.nio.file.Path;

/** The Java that this program runs on, to start further ones. */
public final class ThisJava {
    private ThisJava() {}

    /** The path of its {@code java}. */
    public static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
