package dev.parlor.demo.desktop.state;

import java.util.List;

/**
 * A poll, without its votes: each vote is a key of its own ({@link Keys#vote}), so that of two who vote at once neither undoes the
 * other's. Session data.
 *
 * @param question what is asked
 * @param options what can be answered
 */
public record Poll(String question, List<String> options) {
    public Poll {
        options = List.copyOf(options);
    }
}
