package dev.parlor.demo.chat;

import dev.parlor.Participant;
import dev.parlor.Room;
import java.util.Collection;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, then keys or names as the command has it. */
final class ChatCompleter implements Completer {
    /** Null until the room is joined: the terminal is there before. */
    private volatile Room room;

    void use(Room joined) {
        room = joined;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        words(line.words(), line.wordIndex()).stream().map(Candidate::new).forEach(candidates::add);
    }

    /** What may stand at a place of a line. */
    Collection<String> words(List<String> words, int index) {
        if (index == 0) {
            return ChatCommands.HELP.keySet();
        }
        if (index > 1 || room == null) {
            return List.of();
        }
        return switch (words.get(0)) {
            case "/put", "/get", "/rm" -> room.sessionData().snapshot().keySet();
            case "/tell" -> room.participants().stream()
                    .filter(who -> !who.local())
                    .map(Participant::name)
                    .map(ChatCommands::oneWord)
                    .distinct()
                    .toList();
            default -> List.of();
        };
    }
}
