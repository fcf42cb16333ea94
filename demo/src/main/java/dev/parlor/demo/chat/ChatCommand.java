package dev.parlor.demo.chat;

import dev.parlor.InvalidArgumentException;
import dev.parlor.JoinException;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins a room and lets a person use it, in a terminal or through pipes. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "Join a room and talk, share keys and values, raise your hand. Type /help there.")
public final class ChatCommand implements Callable<Integer> {
    /** What a participant of the chat shares of itself at first. */
    static final Profile PROFILE = new Profile("grey", false);

    @Parameters(paramLabel = "ROOM", description = "The room's name, the same for all who are to meet.")
    private String roomName;

    @Option(names = "--name", paramLabel = "NAME", description = "What the others call you.")
    private String name;

    @ArgGroup
    private Reach reach = new Reach();

    @Option(
            names = "--passphrase",
            paramLabel = "TEXT",
            interactive = true,
            arity = "0..1",
            prompt = "Passphrase: ",
            description = "Let in only who has the same one. Without TEXT it is asked for and not shown, which needs a terminal.")
    private char[] passphrase;

    @Spec
    private CommandSpec spec;

    /** Not for others to make: picocli calls it. */
    ChatCommand() {}

    /** Whom to meet; this machine only if nothing is said. */
    static final class Reach {
        @Option(names = "--lan", description = "Meet programs on the local network, by UDP multicast.")
        private boolean lan;

        @Option(
                names = "--hosts",
                paramLabel = "HOST[:PORT],...",
                description = "Meet programs on these hosts, by TCP.")
        private String hosts;
    }

    @Override
    public Integer call() throws IOException {
        ChatCompleter completer = new ChatCompleter();
        try (ChatTerminal terminal = new ChatTerminal(completer);
                Room room = builder(terminal).join()) {
            // A program that is told to end still says goodbye; closing twice does nothing.
            Runtime.getRuntime().addShutdownHook(new Thread(room::close, "chat-end"));
            completer.use(room);
            terminal.show(ChatEvents.welcome(room));
            terminal.converse(room, new ChatCommands(room, Clock.systemUTC()));
            return 0;
        } catch (JoinException | InvalidArgumentException e) {
            spec.commandLine().getErr().println("Cannot join the room \"" + roomName + "\": " + e.getMessage());
            return 1;
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, ' ');
            }
        }
    }

    private RoomBuilder builder(ChatTerminal terminal) {
        RoomBuilder builder = Room.named(roomName)
                .types(Profile.class, Chat.class)
                .userData(PROFILE)
                .on(RoomEvent.class, event -> ChatEvents.lines(event).forEach(terminal::show));
        if (name != null) {
            builder.as(name);
        }
        if (reach.lan) {
            builder.lan();
        }
        if (reach.hosts != null) {
            builder.hosts(reach.hosts.split(","));
        }
        if (passphrase != null) {
            builder.passphrase(passphrase);
        }
        return builder;
    }
}
