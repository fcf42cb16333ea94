package dev.parlor.bench.peer;

import dev.parlor.bench.candidate.Candidate;
import dev.parlor.bench.candidate.Kind;
import dev.parlor.bench.candidate.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a peer can be told to do. Times are of the system's monotonic clock, which all JVMs of a machine share. */
final class Commands {
    private static final long PATIENCE_NANOS = 300_000_000_000L;
    private static final long LOOK_NANOS = 200_000;
    /** Keys of their own for puts that are timed, each another: one key alone would be conflated. */
    private static final int DELAY_ROUND = 998;
    private static final String DELAY_PREFIX = "r" + DELAY_ROUND;
    private static final int HOT_ROUND = 999;
    /** A put that wakes a thread. */
    private static final long NOTHING_NANOS = 25_000;

    private final Kind kind;
    private final Place place;
    private final long begunNanos;
    private final Data data = new Data();
    private final Delays delays = new Delays();
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong heardPuts = new AtomicLong();
    private final Crowd crowd;
    private final Binds binds;
    /** Members of further groups. */
    private final List<Candidate> others = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final Signalling signalling;
    private Candidate candidate;

    Commands(Kind kind, Place place, long begunNanos) {
        this.kind = kind;
        this.place = place;
        this.begunNanos = begunNanos;
        this.crowd = new Crowd(place);
        this.binds = new Binds(place);
        this.signalling = new Signalling(place);
    }

    /** Does what a line says and gives the answer. */
    Object run(String[] words) throws Exception {
        return switch (words[0]) {
            case "join" -> join();
            case "rejoin" -> rejoin(number(words, 1), number(words, 2));
            case "members" -> await(() -> candidate.members() == number(words, 1));
            case "prepare" -> {
                data.prepare(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
                yield "";
            }
            case "write" -> {
                long begin = System.nanoTime();
                data.write(candidate);
                yield begin + " " + System.nanoTime();
            }
            case "size" -> await(() -> candidate.size() == number(words, 1));
            case "count" -> candidate.size();
            case "sum" -> Data.sum(candidate);
            case "hot" -> hot(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
            case "hotis" -> await(() -> isHot(number(words, 1), number(words, 2)));
            case "listen" -> listen();
            case "hear" -> hear();
            case "clearputs" -> {
                heardPuts.set(0);
                yield "";
            }
            case "heardputs" -> await(() -> heardPuts.get() >= number(words, 1));
            case "delays" -> putTimed(number(words, 1), number(words, 2));
            case "say" -> say(number(words, 1), number(words, 2));
            case "saytimed" -> sayTimed(number(words, 1), number(words, 2));
            case "heard" -> await(() -> heard.get() == number(words, 1));
            case "spread" -> delays.spread();
            case "clear" -> {
                delays.clear();
                heard.set(0);
                yield "";
            }
            case "puts" -> puts(number(words, 1), number(words, 2), number(words, 3));
            case "resync" -> {
                candidate.close();
                candidate = kind.make();
                candidate.join(place);
                await(() -> candidate.size() == number(words, 1));
                yield candidate.syncRate();
            }
            case "nothings" -> nothings(number(words, 1), number(words, 2));
            case "signals" -> signalling.run(words[1], number(words, 2));
            case "heap" -> Machine.heap();
            case "usage" -> Machine.usage();
            case "record" -> {
                recorder.start(number(words, 1));
                yield "";
            }
            case "recorded" -> {
                recorder.stop(Path.of(words[1]));
                yield "";
            }
            case "steady" -> new Steady(candidate, new Steady.Keys(number(words, 1), number(words, 2), number(words, 3),
                    number(words, 4))).run(number(words, 5), number(words, 6));
            case "opened" -> opened(number(words, 1));
            case "rooms" -> crowd.rooms(number(words, 1));
            case "crowd" -> crowd.participants(number(words, 1));
            case "binds" -> binds.run(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static int number(String[] words, int at) {
        return Integer.parseInt(words[at]);
    }

    /** Gives how long it took since the program began, in milliseconds, and when it was done. */
    private String join() throws Exception {
        candidate = kind.make();
        candidate.join(place);
        long now = System.nanoTime();
        return (now - begunNanos) / 1e6 + " " + now;
    }

    /** Joins so many groups, one after the other; gives the milliseconds since the program began. They stay until it ends. */
    private double opened(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Candidate each = kind.make();
            each.join(new Place(place.name() + "-" + i, place.port()));
            others.add(each);
        }
        return (System.nanoTime() - begunNanos) / 1e6;
    }

    /** Leaves and joins again, so many times; gives how long the last time took until all entries were here, in milliseconds. */
    private double rejoin(int times, int entries) throws Exception {
        double millis = 0;
        for (int i = 0; i < times; i++) {
            candidate.close();
            long begin = System.nanoTime();
            join();
            millis = (await(() -> candidate.size() == entries) - begin) / 1e6;
        }
        return millis;
    }

    private static long await(BooleanSupplier condition) throws TimeoutException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new TimeoutException("waited in vain");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return System.nanoTime();
    }

    private static String hotKey(int number) {
        return Data.key(HOT_ROUND, number);
    }

    /** Writes values with the numbers from a first one up. */
    private long hot(int keys, int first, int writes, int bytes) throws Exception {
        String[] names = new String[keys];
        Arrays.setAll(names, Commands::hotKey);
        long begin = System.nanoTime();
        for (int i = 0; i < writes; i++) {
            candidate.put(names[i % keys], Data.numbered(first + i, bytes));
        }
        candidate.flush();
        return begin;
    }

    /** Whether each key holds its last value of those that were written up to a number. */
    private boolean isHot(int keys, int end) {
        for (int i = 0; i < keys; i++) {
            byte[] value = candidate.get(hotKey(i));
            if (value == null || Data.numberOf(value) != end - keys + i) {
                return false;
            }
        }
        return true;
    }

    private String listen() {
        candidate.onPut((key, value) -> {
            if (key.startsWith(DELAY_PREFIX)) {
                delays.add(System.nanoTime() - Data.numberOf(value));
                heard.incrementAndGet();
            }
        });
        if (candidate.hasMessages()) {
            candidate.onMessage(message -> {
                long sent = Data.numberOf(message);
                if (sent != 0) {
                    delays.add(System.nanoTime() - sent);
                }
                heard.incrementAndGet();
            });
        }
        return "";
    }

    /** Hears every put of others and looks at each value, as an application does. */
    private String hear() {
        byte[] seen = new byte[1];
        candidate.onPut((key, value) -> {
            seen[0] ^= value[value.length - 1];
            heardPuts.incrementAndGet();
        });
        return "";
    }

    private String putTimed(int count, int pauseMicros) throws Exception {
        String[] keys = new String[count];
        Arrays.setAll(keys, i -> Data.key(DELAY_ROUND, i));
        for (int i = 0; i < count; i++) {
            candidate.put(keys[i], Data.numbered(System.nanoTime(), 100));
            candidate.flush();
            LockSupport.parkNanos(pauseMicros * 1_000L);
        }
        return "";
    }

    private long say(int count, int bytes) throws Exception {
        byte[] message = Data.numbered(0, bytes);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            candidate.send(message);
        }
        return begin;
    }

    private String sayTimed(int count, int pauseMicros) throws Exception {
        for (int i = 0; i < count; i++) {
            candidate.send(Data.numbered(System.nanoTime(), 100));
            LockSupport.parkNanos(pauseMicros * 1_000L);
        }
        return "";
    }

    /** What puts of further keys cost their caller. */
    private String puts(int round, int count, int pauseMicros) throws Exception {
        Delays costs = new Delays();
        for (int i = 0; i < count; i++) {
            String key = Data.key(round, i);
            byte[] value = Data.numbered(i, 100);
            long begin = System.nanoTime();
            candidate.put(key, value);
            candidate.flush();
            costs.add(System.nanoTime() - begin);
            if (pauseMicros > 0) {
                LockSupport.parkNanos(pauseMicros * 1_000L);
            }
        }
        return costs.spread();
    }

    /** What a piece of code that takes as long as a put, and does nothing, costs its caller on this machine now. */
    private static String nothings(int count, int pauseMicros) {
        Delays costs = new Delays();
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < NOTHING_NANOS) {
                Thread.onSpinWait();
            }
            costs.add(System.nanoTime() - begin);
            LockSupport.parkNanos(pauseMicros * 1_000L);
        }
        return costs.spread();
    }
}
