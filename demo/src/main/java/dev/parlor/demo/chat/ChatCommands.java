package dev.parlor.demo.chat;

import dev.parlor.Entry;
import dev.parlor.ParlorException;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.demo.shared.Chat;
import dev.parlor.demo.shared.Profile;
import dev.parlor.demo.text.EventText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Carries out what is typed into the chat. Knows no terminal: text in, lines out. */
final class ChatCommands {
    /** All commands with what follows them and what they do, in the order of the help. */
    static final Map<String, String[]> HELP = help();

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Room room;
    private final Clock clock;

    ChatCommands(Room room, Clock clock) {
        this.room = room;
        this.clock = clock;
    }

    /** Carries out one line. What Parlor refuses is shown, not thrown. */
    ChatReply run(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return ChatReply.of();
        }
        try {
            if (text.startsWith("/")) {
                String[] parts = text.split("\\s+", 2);
                return command(parts[0], parts.length > 1 ? parts[1] : "");
            }
            return say(text);
        } catch (ParlorException e) {
            return ChatReply.of("! " + e.getMessage());
        }
    }

    private ChatReply command(String command, String rest) {
        return switch (command) {
            case "/put" -> put(rest);
            case "/get" -> get(rest);
            case "/rm" -> remove(rest);
            case "/merge" -> merge(rest);
            case "/state" -> state();
            case "/hand" -> hand();
            case "/who" -> ChatReply.of(room.participants().stream().map(this::describe).toList());
            case "/tell" -> tell(rest);
            case "/stats" -> ChatReply.of(ChatStats.lines(room.stats()));
            case "/help" -> ChatReply.of(HELP.entrySet().stream()
                    .map(entry -> String.format("  %-18s %s", entry.getKey() + " " + entry.getValue()[0], entry.getValue()[1]))
                    .toList());
            case "/quit" -> new ChatReply(List.of(), true);
            default -> ChatReply.of("! There is no command " + command + ": type /help for those there are, or a text"
                    + " without a slash to say it to all.");
        };
    }

    private ChatReply say(String text) {
        room.send(new Chat(text));
        return room.participants().size() > 1 ? ChatReply.of() : ChatReply.of("! Nobody else is here to hear it.");
    }

    private ChatReply put(String rest) {
        String[] parts = rest.split("\\s+", 2);
        if (parts.length < 2) {
            return usage("/put");
        }
        Optional<Object> old = room.sessionData().get(parts[0]);
        room.sessionData().put(parts[0], parts[1]);
        return ChatReply.of(EventText.change(parts[0], old, Optional.of(parts[1])));
    }

    private ChatReply get(String key) {
        if (key.isEmpty()) {
            return usage("/get");
        }
        return ChatReply.of(room.sessionData().entry(key).map(this::describe).orElse(noKey(key)));
    }

    private ChatReply remove(String key) {
        if (key.isEmpty()) {
            return usage("/rm");
        }
        Optional<Object> old = room.sessionData().get(key);
        if (old.isEmpty() && !room.sessionData().containsKey(key)) {
            return ChatReply.of(noKey(key));
        }
        room.sessionData().remove(key);
        return ChatReply.of(EventText.change(key, old, Optional.empty()));
    }

    private ChatReply merge(String rest) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : rest.split("\\s+")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                return usage("/merge");
            }
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        List<String> lines = new ArrayList<>();
        values.forEach((key, value) ->
                lines.add(EventText.change(key, room.sessionData().get(key), Optional.of(value))));
        room.sessionData().merge(values);
        return ChatReply.of(lines);
    }

    private ChatReply state() {
        // Keys from the snapshot, authors one by one: a key removed in between is left out.
        List<String> lines = new TreeMap<>(room.sessionData().snapshot())
                .keySet().stream()
                        .flatMap(key -> room.sessionData().entry(key).stream())
                        .map(this::describe)
                        .toList();
        return lines.isEmpty() ? ChatReply.of("Nothing has been put yet: try /put topic Plans") : ChatReply.of(lines);
    }

    private ChatReply hand() {
        Profile profile = room.me().userData(Profile.class).orElse(ChatCommand.PROFILE);
        room.setUserData(profile.withHandUp(!profile.handUp()));
        return ChatReply.of(profile.handUp() ? "Your hand is down." : "Your hand is up: /hand again lowers it.");
    }

    private ChatReply tell(String rest) {
        String[] parts = rest.split("\\s+", 2);
        if (parts.length < 2) {
            return usage("/tell");
        }
        List<Participant> found = find(parts[0]);
        if (found.isEmpty()) {
            return ChatReply.of("! Nobody called " + parts[0] + " is here: /who says who is.");
        }
        if (found.size() > 1) {
            List<String> lines = new ArrayList<>();
            lines.add("! " + found.size() + " are called " + parts[0] + ": name one by id, such as /tell "
                    + found.get(0).id() + " " + parts[1]);
            found.forEach(who -> lines.add(describe(who)));
            return ChatReply.of(lines);
        }
        room.send(new Chat(parts[1]), found.get(0));
        return ChatReply.of();
    }

    /**
     * By id, else by name, else by name without regard to case; a name with spaces is typed with underscores. Who is
     * called like the user is meant before the user.
     */
    private List<Participant> find(String idOrName) {
        List<Participant> byId = present(who -> who.id().toString().equals(idOrName));
        if (!byId.isEmpty()) {
            return byId;
        }
        List<Participant> byName = present(who -> oneWord(who.name()).equals(oneWord(idOrName)));
        if (byName.isEmpty()) {
            byName = present(who -> oneWord(who.name()).equalsIgnoreCase(oneWord(idOrName)));
        }
        List<Participant> others = byName.stream().filter(who -> !who.local()).toList();
        return others.isEmpty() ? byName : others;
    }

    private List<Participant> present(Predicate<Participant> condition) {
        return room.participants().stream().filter(condition).toList();
    }

    /** A name as it is typed where words are separated by spaces. */
    static String oneWord(String name) {
        return name.replace(' ', '_');
    }

    private String describe(Entry entry) {
        return "  " + entry.key() + " = " + entry.value() + "   (by " + entry.author().name() + ", "
                + age(entry.at(), clock.instant()) + ")";
    }

    private String describe(Participant who) {
        StringBuilder text = new StringBuilder("  ").append(who.name());
        if (who.local()) {
            text.append(" (you)");
        }
        if (who.id().equals(room.host().id())) {
            text.append(", host");
        }
        if (who.userData(Profile.class).map(Profile::handUp).orElse(false)) {
            text.append(", hand up");
        }
        text.append(", joined at ").append(TIME.withZone(ZoneId.systemDefault()).format(who.joinedAt()));
        if (present(other -> other.name().equals(who.name())).size() > 1) {
            text.append(", id ").append(who.id());
        }
        return text.toString();
    }

    /** In the one unit that says enough. */
    static String age(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds / 3600 + " h ago";
    }

    private static String noKey(String key) {
        return "! There is no key " + key + ": /state shows all.";
    }

    private static ChatReply usage(String command) {
        return ChatReply.of("! Type it like this: " + command + " " + HELP.get(command)[0]);
    }

    private static Map<String, String[]> help() {
        Map<String, String[]> help = new LinkedHashMap<>();
        help.put("/put", new String[] {"KEY VALUE", "set a key for all; the value is the rest of the line"});
        help.put("/get", new String[] {"KEY", "show a key's value"});
        help.put("/rm", new String[] {"KEY", "remove a key"});
        help.put("/merge", new String[] {"K=V K=V", "set several keys as one change; values without spaces"});
        help.put("/state", new String[] {"", "all keys with value, author and age"});
        help.put("/hand", new String[] {"", "raise your hand, or lower it"});
        help.put("/who", new String[] {"", "who is here"});
        help.put("/tell", new String[] {"NAME TEXT", "say something to one alone"});
        help.put("/stats", new String[] {"", "the room's counters"});
        help.put("/help", new String[] {"", "this list"});
        help.put("/quit", new String[] {"", "leave (so do Ctrl-D and Ctrl-C)"});
        return help;
    }
}
