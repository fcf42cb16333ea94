package dev.parlor.it.lan;

import dev.parlor.JoinException;
import dev.parlor.MessageReceived;
import dev.parlor.ParlorException;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The program of these tests. It reads commands by lines and answers each by one that begins with {@code re:} and the command's
 * first word; it tells warnings and changes of status as they come. Commands are for the room that it joined last.
 */
public final class LanPeer {
    private static final int FILLING_BYTES = 10_000;

    private final String name;
    private final List<Room> rooms = new ArrayList<>();
    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private @Nullable Room room;

    private LanPeer(String name) {
        this.name = name;
    }

    /** Arguments: anything, the name of the participant. */
    public static void main(String[] args) throws IOException {
        new LanPeer(args[1]).run();
    }

    private void run() throws IOException {
        say("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null && !line.equals("quit");) {
            String[] words = line.split(" ");
            String answer;
            try {
                answer = answer(words);
            } catch (ParlorException e) {
                answer = "failed " + kind(e) + " " + oneLine(String.valueOf(e.getMessage()));
            }
            say("re:" + words[0] + " " + answer);
        }
        leave();
        say("closed");
        System.exit(0);
    }

    private static String kind(ParlorException e) {
        return e.getClass().getSimpleName() + (e instanceof JoinException join ? ":" + join.reason() : "");
    }

    private String answer(String[] words) {
        switch (words[0]) {
            case "join" -> {
                return join(words);
            }
            case "leave" -> {
                leave();
                return "";
            }
            case "who" -> {
                return room().participants().stream().map(Participant::name).sorted().collect(Collectors.joining(","));
            }
            case "state" -> {
                return state(room());
            }
            case "status" -> {
                return room().status().toString();
            }
            case "put" -> {
                room().sessionData().put(words[1], words[2]);
                return "";
            }
            case "get" -> {
                return String.valueOf(room().sessionData().snapshot().get(words[1]));
            }
            case "fill" -> {
                for (int i = 0; i < Integer.parseInt(words[1]) / FILLING_BYTES; i++) {
                    room().sessionData().put("fill/" + i, (i + "-").repeat(FILLING_BYTES).substring(0, FILLING_BYTES));
                }
                return "";
            }
            case "entries" -> {
                entries(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
                return "";
            }
            case "size" -> {
                return Integer.toString(room().sessionData().size());
            }
            case "send" -> {
                room().send(words[1]);
                return "";
            }
            case "heard" -> {
                return String.join(",", heard.getOrDefault(room().name(), List.of()));
            }
            case "network" -> {
                return oneLine(room().network().toString());
            }
            default -> {
                return "unknown";
            }
        }
    }

    private Room room() {
        return Objects.requireNonNull(room, "nothing is joined");
    }

    private String join(String[] words) {
        // The first word is the command, the second the room.
        String named = words[1];
        RoomBuilder builder = Room.named(named).as(name).userData(name);
        for (String word : words) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, word.length() - value.length())) {
                case "hosts=" -> builder.hosts(value.split(","));
                case "folder=" -> builder.folder(Path.of(value));
                case "port=" -> builder.port(Integer.parseInt(value));
                case "interface=" -> builder.networkInterface(value);
                case "passphrase=" -> builder.passphrase(value.toCharArray());
                default -> {
                    if (word.equals("lan")) {
                        builder.lan();
                    }
                }
            }
        }
        long begin = System.nanoTime();
        Room joined = builder.on(Warning.class,
                each -> say("warning " + millis(begin) + " " + each.kind() + " " + oneLine(each.message())))
                .on(StatusChanged.class, each -> say("status " + millis(begin) + " " + each.newStatus()))
                .on(MessageReceived.class, each -> heard(named, each)).join();
        // At once: what is looked at later may have come later.
        String state = state(joined);
        List<Participant> met = joined.participants();
        rooms.add(joined);
        room = joined;
        return millis(begin) + " " + met.size() + " " + state + " " + met.stream().map(LanPeer::nameByItsData).collect(Collectors.joining(","));
    }

    private static String state(Room of) {
        return of.sessionData().size() + " " + Long.toHexString(of.stats().digest());
    }

    private static String nameByItsData(Participant participant) {
        return participant.name() + "=" + participant.userData().orElse("nothing");
    }

    private void entries(int count, int leastBytes, int mostBytes) {
        for (int i = 0; i < count; i++) {
            int bytes = leastBytes + i * 37 % (mostBytes - leastBytes);
            room().sessionData().put("entry/" + i, (i + "-").repeat(bytes).substring(0, bytes));
        }
    }

    private void heard(String at, MessageReceived message) {
        heard.computeIfAbsent(at, unknown -> new CopyOnWriteArrayList<>()).add(String.valueOf(message.payload()));
    }

    private void leave() {
        rooms.forEach(Room::close);
        rooms.clear();
        room = null;
    }

    private static long millis(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1_000_000;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
