package dev.parlor.it.lan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program joins a room, as on {@link dev.parlor.RoomBuilder}. Immutable; each method gives another one. */
record Setup(List<String> words) {
    private static final String PASSPHRASE = "open-sesame";

    Setup {
        words = List.copyOf(words);
    }

    static Setup lan() {
        return new Setup(List.of("lan"));
    }

    static Setup hosts(String... hosts) {
        return new Setup(List.of("hosts=" + String.join(",", hosts)));
    }

    static Setup folder(Path folder) {
        return new Setup(List.of("folder=" + folder));
    }

    /** Combines. */
    Setup and(Setup other) {
        Setup both = this;
        for (String word : other.words) {
            both = both.with(word);
        }
        return both;
    }

    Setup port(int port) {
        return with("port=" + port);
    }

    Setup networkInterface(String nameOrAddress) {
        return with("interface=" + nameOrAddress);
    }

    /** With a passphrase, the same for all. */
    Setup sealed() {
        return with("passphrase=" + PASSPHRASE);
    }

    /** With a passphrase or without, for tests that try both. */
    Setup sealed(boolean sealed) {
        return sealed ? sealed() : this;
    }

    private Setup with(String word) {
        List<String> more = new ArrayList<>(words);
        more.add(word);
        return new Setup(more);
    }
}
