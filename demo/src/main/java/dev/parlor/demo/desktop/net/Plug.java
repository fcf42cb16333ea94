package dev.parlor.demo.desktop.net;

/** The network plug of this program: pulled, nothing comes in or goes out, as with a cable. Thread-safe. */
public final class Plug {
    private Plug() {}

    /** Pulls it out, or puts it back. */
    public static void pull(boolean out) {
        PlugProtocol.pull(out);
    }

    /** Whether it is out. */
    public static boolean isPulled() {
        return PlugProtocol.isPulled();
    }
}
