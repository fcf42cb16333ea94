package dev.parlor.demo.chat;

import java.util.List;

/**
 * What a line typed into the chat led to.
 *
 * @param lines to show
 * @param quit whether the user wants to leave
 */
record ChatReply(List<String> lines, boolean quit) {
    ChatReply {
        lines = List.copyOf(lines);
    }

    static ChatReply of(String... lines) {
        return new ChatReply(List.of(lines), false);
    }

    static ChatReply of(List<String> lines) {
        return new ChatReply(lines, false);
    }
}
