package dev.parlor.demo.tour;

import java.io.Console;

/** Whether, and how, the demo colours what it writes to a terminal. */
final class Ansi {
    private static final String RESET = "\u001B[0m";

    private Ansi() {}

    /** True if a person watches and has not asked for plain text (see no-color.org). */
    static boolean wanted() {
        return System.getenv("NO_COLOR") == null && atTerminal();
    }

    static String bold(String text) {
        return "\u001B[1m" + text + RESET;
    }

    static String dim(String text) {
        return "\u001B[2m" + text + RESET;
    }

    static String red(String text) {
        return "\u001B[31m" + text + RESET;
    }

    static String yellow(String text) {
        return "\u001B[33m" + text + RESET;
    }

    /** From JDK 22 on there can be a console without a terminal, and a method to tell, which JDK 17 lacks. */
    private static boolean atTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (ReflectiveOperationException unexpected) {
            return false;
        }
    }
}
