package dev.parlor.it;

import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MessageReceived;
import dev.parlor.Participant;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import dev.parlor.SessionDataChanged;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/** A participant that a test directs by lines: does what it is told and says what it sees. */
public final class Peer {
    /** Sent once for each write of "n", after it. */
    record Written(int n) {}

    private static final Duration LONG = Duration.ofSeconds(30);

    /** What this participant heard of each key since it joined; guarded by this object. */
    private final Map<String, Object> lastHeard = new HashMap<>();
    private final Set<String> heardNew = new HashSet<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger overtaken = new AtomicInteger();
    private Room room;
    private Set<String> thereAtTheJoin = Set.of();
    private volatile boolean storming;

    private Peer() {}

    /** Arguments: room, name, and "nowait" for one that exits without closing. */
    public static void main(String[] args) throws Exception {
        new Peer().run(args);
    }

    private void run(String[] args) throws Exception {
        long begin = System.nanoTime();
        RoomBuilder builder = Room.named(args[0]).as(args[1]).types(Written.class).userData("data of " + args[1])
                .on(SessionDataChanged.class, this::onChanges)
                .on(ParticipantJoined.class, event -> say("joined " + event.participant().name()))
                .on(ParticipantLeft.class, event -> say("left " + event.participant().name() + " " + event.reason()))
                .on(HostChanged.class, event -> say("host " + event.host().name()))
                .on(MessageReceived.class, this::onMessage);
        room = builder.join();
        thereAtTheJoin = room.sessionData().snapshot().keySet();
        say("ready " + room.sessionData().size() + " " + content() + " " + (System.nanoTime() - begin) / 1_000_000);
        if (args.length > 2) {
            say("leaving without a word");
            return;
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null && !line.equals("quit");) {
            String[] words = line.split(" ");
            say("re:" + words[0] + " " + answer(words));
        }
        room.close();
        say("closed");
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "put" -> {
                room.sessionData().put(words[1], words[2]);
                yield "";
            }
            case "get" -> String.valueOf(room.sessionData().get(words[1]).orElse("nothing"));
            case "await" -> String.valueOf(room.sessionData().when(words[1], words[2]::equals).orTimeout(30,
                    TimeUnit.SECONDS).join());
            case "write" -> write(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "storm" -> storm(words[1]);
            case "calm" -> {
                storming = false;
                yield "";
            }
            case "speak" -> speak(Integer.parseInt(words[1]), words[2]);
            case "overtaken" -> overtaken.get() + " of " + heard.get();
            case "flush" -> {
                room.flush(LONG);
                yield "";
            }
            case "content" -> room.sessionData().size() + " " + content();
            case "broken" -> checkHeard();
            case "users" -> room.participants().stream()
                    .map(each -> each.name() + "=" + each.userData().orElse("nothing")).sorted().toList().toString();
            case "hostname" -> room.host().name();
            case "stats" -> room.stats().toString();
            default -> "unknown";
        };
    }

    /** Writes at random to few keys, so that writers meet. */
    private String write(int count, int keys) {
        Random random = new Random();
        String me = room.me().name();
        for (int i = 0; i < count; i++) {
            String key = "k" + random.nextInt(keys);
            if (random.nextInt(10) == 0) {
                room.sessionData().remove(key);
            } else {
                room.sessionData().put(key, me + i);
            }
        }
        return "";
    }

    /** Writes until told to stop: ever new keys, and some again and again. */
    private String storm(String prefix) {
        storming = true;
        Thread writer = new Thread(() -> {
            int i = 0;
            while (storming) {
                room.sessionData().put(prefix + "/" + i, i);
                room.sessionData().put(prefix + "-hot" + i % 10, i);
                i++;
                if (i % 10 == 0) {
                    // Thousands of writes a second; more would only make the check afterwards long.
                    LockSupport.parkNanos(1_000_000);
                }
            }
            say("stormed " + i);
        });
        writer.setDaemon(true);
        writer.start();
        return "";
    }

    /** Writes, then speaks of it, to all or to one. */
    private String speak(int count, String to) {
        Participant one = room.participants().stream().filter(each -> each.name().equals(to)).findFirst().orElse(null);
        for (int n = 1; n <= count; n++) {
            room.sessionData().put("n", n);
            if (n % 100 == 0) {
                room.setUserData("spoke " + n);
            }
            if (one == null) {
                room.send(new Written(n));
            } else {
                room.send(new Written(n), one);
            }
        }
        return "";
    }

    private void onMessage(MessageReceived event) {
        if (event.payload() instanceof Written written) {
            heard.incrementAndGet();
            boolean state = room.sessionData().get("n", Integer.class).orElse(0) >= written.n();
            int spoke = room.participant(event.from().id()).flatMap(each -> each.userData(String.class))
                    .filter(data -> data.startsWith("spoke ")).map(data -> Integer.parseInt(data.substring(6))).orElse(0);
            boolean user = spoke >= written.n() / 100 * 100;
            if (!state || !user) {
                overtaken.incrementAndGet();
            }
        }
    }

    private synchronized void onChanges(SessionDataChanged event) {
        for (Change change : event.changes()) {
            Object before = change.oldValue().orElse(null);
            boolean known = lastHeard.containsKey(change.key());
            if (known ? !Objects.equals(before, lastHeard.get(change.key())) : before == null
                    && !heardNew.add(change.key())) {
                broken.incrementAndGet();
                say("broken at " + change + ", last heard " + lastHeard.get(change.key()));
            }
            lastHeard.put(change.key(), change.newValue().orElse(null));
        }
    }

    /** Whether what was heard fits together and ends with what is there. */
    private synchronized String checkHeard() {
        long wrong = lastHeard.entrySet().stream()
                .filter(entry -> !Objects.equals(entry.getValue(),
                        room.sessionData().get(entry.getKey()).orElse(null))).count();
        long unheard = room.sessionData().snapshot().keySet().stream()
                .filter(key -> !lastHeard.containsKey(key) && !thereAtTheJoin.contains(key)).count();
        return (broken.get() + wrong + unheard) + " of " + lastHeard.size();
    }

    private String content() {
        CRC32 crc = new CRC32();
        crc.update(new TreeMap<>(room.sessionData().snapshot()).toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
