package dev.parlor.dnssd;

import dev.parlor.Doctor;
import dev.parlor.DoctorReport.Code;
import dev.parlor.Participant;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.Warning;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The program of these tests. It reads commands by lines and answers each by one that begins with {@code re:}. */
public final class DnsSdPeer {
    private static final List<Room> ROOMS = new ArrayList<>();

    private DnsSdPeer() {}

    /** @param args none */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null;) {
            String[] words = line.split(" ");
            if (words[0].equals("end")) {
                // Without leaving.
                say("re:end");
                return;
            }
            say("re:" + answer(words));
        }
        // Whoever started it is gone.
        System.exit(1);
    }

    private static String answer(String[] words) {
        switch (words[0]) {
            case "join" -> {
                RoomBuilder builder = Room.named(words[1]).as(words[2]);
                List<String> ways = List.of(words).subList(3, words.length);
                if (ways.contains("lan")) {
                    builder.lan();
                }
                if (ways.contains("dnssd")) {
                    builder.discovery(DnsSd.discovery());
                }
                Room joined = builder.on(Warning.class, each -> say("warning " + each.kind() + " " + each.message())).join();
                ROOMS.add(joined);
                return Integer.toString(joined.participants().size());
            }
            case "who" -> {
                return ROOMS.stream().map(room -> room.participants().stream().map(Participant::name).sorted()
                        .collect(Collectors.joining(","))).collect(Collectors.joining(" "));
            }
            case "leave" -> {
                ROOMS.remove(0).close();
                return "";
            }
            case "responders" -> {
                return Integer.toString(Responders.OF_THIS_JVM.count());
            }
            case "threads" -> {
                return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                        .filter(each -> each.contains("JmDNS") || each.contains("SocketListener") || each.startsWith("parlor-dns-sd"))
                        .sorted().collect(Collectors.joining(","));
            }
            case "doctor" -> {
                return Doctor.examine(Room.named(words[1]).discovery(DnsSd.discovery())).of(Code.PEERS).size() + "";
            }
            default -> {
                return "unknown";
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
