package dev.parlor.demo.desktop.state;

import java.util.List;

/**
 * A poll, without its votes: each vote is a key of its own ({@link Keys#VOTES}), so that of two who vote at once neither undoes the
 * other's. Session data.
 *
 * @param question what is asked
 * @param options what can be answered
 */
public record Poll(String question, List<String> options) {
    /** Reads what a version left out that has no such question or options. */
    public Poll {
        question = Texts.orEmpty(question);
        options = options == null ? List.of() : options.stream().map(Texts::orEmpty).toList();
    }
}
