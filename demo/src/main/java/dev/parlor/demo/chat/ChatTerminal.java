package dev.parlor.demo.chat;

import dev.parlor.Room;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The chat's screen and keyboard, or pipes. Lines may be shown from any thread, also while the user types. */
final class ChatTerminal implements AutoCloseable {
    /** What others write must not move the cursor or colour the screen here. */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cc}");

    private final Terminal terminal;
    private final LineReader reader;
    private final boolean colour;
    private final boolean piped;

    /**
     * Opens the terminal.
     *
     * @param completer what Tab proposes
     */
    ChatTerminal(ChatCompleter completer) throws IOException {
        // To allow a dumb terminal explicitly keeps JLine from warning about it when stdin or stdout is a pipe.
        terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        piped = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        colour = !piped && System.getenv("NO_COLOR") == null;
        // Text is for people: no quotes, no escapes, no "!" from the history in it.
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(completer)
                .parser(new DefaultParser().escapeChars(null).quoteChars(null))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Shows a line above the one being typed. */
    void show(String line) {
        reader.printAbove(new AttributedString(CONTROL_CHARACTERS.matcher(line).replaceAll("?"), style(line)));
    }

    private AttributedStyle style(String line) {
        if (colour && line.startsWith("!")) {
            return AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
        }
        return colour && line.startsWith("*") ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }

    /** Reads and obeys until the user leaves. */
    void converse(Room room, ChatCommands commands) {
        String prompt = piped ? "" : room.me().name() + "> ";
        try {
            ChatReply reply;
            do {
                reply = commands.run(reader.readLine(prompt));
                reply.lines().forEach(this::show);
            } while (!reply.quit());
        } catch (EndOfFileException | UserInterruptException left) {
            // Ctrl-D and Ctrl-C: the user leaves.
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
