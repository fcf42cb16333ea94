package dev.parlor.it.faults;

import dev.parlor.Participant;
import dev.parlor.ParlorException;
import dev.parlor.Room;
import dev.parlor.UnknownParticipantException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Writes at random while it is told to: keys of its own, keys that all write, pairs, user data and messages. A key of
 * its own, the count, says before each message and each flush how many writes there were: so others can tell whether
 * they have what was written before.
 */
final class Writing implements Runnable {
    private static final int SHARED_KEYS = 50;
    private static final int PAIRS = 10;
    private static final int MAX_OWN = 200;
    private static final long PAUSE_NANOS = 8_000_000L;
    private static final Duration FLUSH = Duration.ofSeconds(3);

    private final Room room;
    private final PeerLog log;
    private final Onlooker onlooker;
    private final String me;
    private final Random random = new Random();
    private volatile boolean writing;
    private volatile boolean idle = true;
    private int own;
    private int oldest;
    private int writes;
    /** The last number that was put as the count. */
    private int counted;
    /** The user data it has set last is u and this number. */
    private int userData;
    private long flushedNanos;

    Writing(Room room, PeerLog log, Onlooker onlooker) {
        this.room = room;
        this.log = log;
        this.onlooker = onlooker;
        this.me = room.me().id().toString();
    }

    /** The key in which a participant counts its writes. */
    static String countKey(Object id) {
        return "own/" + id + "/count";
    }

    void begin() {
        idle = false;
        writing = true;
    }

    /** Returns when the last write is done. */
    void rest() {
        writing = false;
        while (!idle) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                if (writing) {
                    idle = false;
                    writeOne();
                } else {
                    idle = true;
                }
                onlooker.look();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (ParlorException closed) {
            idle = true;
        }
    }

    private void writeOne() {
        writes++;
        int what = random.nextInt(10);
        if (what < 3) {
            String key = "own/" + me + "/" + own;
            log.line("P", key, own);
            room.sessionData().put(key, own++);
            if (own - oldest > MAX_OWN) {
                String old = "own/" + me + "/" + oldest++;
                log.line("R", old);
                room.sessionData().remove(old);
            }
        } else if (what < 7) {
            String key = "shared/" + random.nextInt(SHARED_KEYS);
            String value = me + ":" + writes;
            log.line("P", key, value);
            room.sessionData().put(key, value);
        } else if (what == 7) {
            String key = "shared/" + random.nextInt(SHARED_KEYS);
            log.line("R", key);
            room.sessionData().remove(key);
        } else if (what == 8) {
            String pair = "pair/" + random.nextInt(PAIRS);
            String value = me + ":" + writes;
            log.line("B", pair, value);
            room.sessionData().update(batch -> batch.put(pair + "/a", value).put(pair + "/b", value));
        } else {
            if (random.nextBoolean()) {
                userData = writes;
                log.line("U", "u" + userData);
                room.setUserData("u" + userData);
            }
            speak();
        }
        if (System.nanoTime() - flushedNanos > FLUSH.toNanos() / 6) {
            flush();
        }
        log.line("N", writes);
    }

    /** Nobody else writes this key, so it holds what was written last. */
    private void count(int number) {
        int held = room.sessionData().get(countKey(me), Integer.class).orElse(0);
        if (held != counted) {
            log.line("V", countKey(me), held, counted);
        }
        counted = number;
        room.sessionData().put(countKey(me), number);
    }

    /** A message to all, or to another by chance. */
    private void speak() {
        count(writes);
        List<Participant> others = others();
        if (others.isEmpty() || random.nextBoolean()) {
            log.line("C", writes, "*", System.currentTimeMillis());
            room.send(new FaultPeer.Said(me, writes, "*", userData));
            return;
        }
        Participant one = others.get(random.nextInt(others.size()));
        log.line("C", writes, one.id(), System.currentTimeMillis());
        try {
            room.send(new FaultPeer.Said(me, writes, one.id().toString(), userData), one);
        } catch (UnknownParticipantException left) {
            // It left between the look and the call: the message is lost, as it would have been a moment later.
            return;
        }
    }

    private void flush() {
        flushedNanos = System.nanoTime();
        int upTo = writes;
        String data = "u" + userData;
        count(upTo);
        List<Participant> others = others();
        long begun = System.currentTimeMillis();
        room.flushAsync(FLUSH).thenRun(() -> {
            long ended = System.currentTimeMillis();
            log.line("A", upTo, others.size(), ended);
            String stayed = others().stream().filter(others::contains).map(each -> each.id().toString())
                    .collect(Collectors.joining(","));
            if (!stayed.isEmpty()) {
                log.line("F", begun, ended, upTo, data, stayed);
            }
        });
    }

    private List<Participant> others() {
        return room.participants().stream().filter(each -> !each.local()).toList();
    }
}
