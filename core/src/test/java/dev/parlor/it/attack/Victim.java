package dev.parlor.it.attack;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.RoomEvent;
import dev.parlor.RoomStats;
import dev.parlor.RoomTimeoutException;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** A participant of a room that is attacked: tells by lines what has become of the room. */
public final class Victim {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PROBE = "probe/";
    private static final long PROBE_PAUSE_NANOS = 2_000_000;

    /** What has happened, other than what the test itself did. Guarded by this object. */
    private final List<String> events = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();
    private Room room;

    private Victim() {}

    /** Arguments: room, name, "lan" or the known hosts, the passphrase or "-". */
    public static void main(String[] args) throws Exception {
        new Victim().run(args);
    }

    private void run(String[] args) throws Exception {
        RoomBuilder builder = Room.named(args[0]).as(args[1]).userData("data of " + args[1]);
        builder = args[2].equals("lan") ? builder.lan() : builder.hosts(args[2].split(","));
        if (!args[3].equals("-")) {
            builder.passphrase(args[3].toCharArray());
        }
        for (Class<? extends RoomEvent> type : List.of(ParticipantJoined.class, ParticipantLeft.class,
                ParticipantUpdated.class, HostChanged.class, StatusChanged.class, MergeReport.class, MessageReceived.class,
                Warning.class)) {
            builder.on(type, this::note);
        }
        room = builder.on(SessionDataChanged.class, this::onChanges).join();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null && !line.equals("quit");) {
            String[] words = line.split(" ");
            System.out.println("re:" + words[0] + " " + answer(words));
        }
        room.close();
        System.out.println("closed");
    }

    private synchronized void note(RoomEvent event) {
        boolean ofStrangers = event instanceof Warning warning && warning.kind() == Warning.Kind.INTRUDER;
        // Whether all hold the same changes with each write that is on its way.
        boolean sameStatus = event instanceof StatusChanged changed && changed.oldStatus() == changed.newStatus();
        if (!ofStrangers && !sameStatus) {
            events.add(event.toString());
        }
    }

    private synchronized void onChanges(SessionDataChanged changed) {
        long now = System.nanoTime();
        for (Change change : changed.changes()) {
            if (!change.key().startsWith(PROBE)) {
                events.add(change.toString());
            } else if (change.cause() != Change.Cause.LOCAL) {
                change.newValue().ifPresent(sent -> delays.add(now - (Long) sent));
            }
        }
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "members" -> {
                room.awaitParticipants(Integer.parseInt(words[1]), LONG);
                yield "";
            }
            case "put" -> {
                room.sessionData().put(words[1], words[2]);
                room.flush(LONG);
                yield "";
            }
            case "state" -> state();
            case "forget" -> forget();
            case "events" -> events();
            case "probe" -> probe(Integer.parseInt(words[1]));
            case "delay" -> delay();
            case "strangers" -> Long.toString(room.stats().strangersRefused());
            case "refused" -> Long.toString(room.stats().framesRefused());
            case "digest" -> Long.toHexString(room.stats().digest());
            default -> "unknown";
        };
    }

    /** Who is there and what is in the room, but for what the test measures with. */
    private String state() {
        Map<String, Object> data = new TreeMap<>(room.sessionData().snapshot());
        data.keySet().removeIf(key -> key.startsWith(PROBE));
        List<String> present = room.participants().stream().map(Victim::described).sorted().toList();
        RoomStats stats = room.stats();
        return room.status() + " " + present + " " + data + " dropped " + stats.messagesDropped() + " defects "
                + stats.stampDefects();
    }

    private static String described(Participant each) {
        return each.name() + "=" + each.userData().orElse("nothing");
    }

    private synchronized String forget() {
        events.clear();
        return "";
    }

    private synchronized String events() {
        return events.toString();
    }

    /** Writes when it is. */
    private String probe(int count) {
        for (int i = 0; i < count; i++) {
            room.sessionData().put(PROBE + i % 100, System.nanoTime());
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
        try {
            room.flush(LONG);
            return "";
        } catch (RoomTimeoutException e) {
            return "cut off";
        }
    }

    /** How long what others wrote took to come, in microseconds, the median; and of how many. */
    private synchronized String delay() {
        List<Long> sorted = delays.stream().sorted().toList();
        delays.clear();
        return sorted.isEmpty() ? "0 0" : sorted.get(sorted.size() / 2) / 1_000 + " " + sorted.size();
    }
}
