package dev.parlor.bench.peer;

import dev.parlor.bench.candidate.Candidate;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Puts at a steady pace, and gets on another thread, each of which is timed; those that take long are told to a recording. */
final class Steady {
    /** Between two looks at the clock: all that is due is done then. */
    private static final long TICK_NANOS = 1_000_000;
    private static final int GETS_A_SECOND = 1_000;
    private static final int BYTES = 100;
    private static final long LONG_NANOS = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /**
     * What is written.
     *
     * @param round of the keys
     * @param held how many keys there are, all of which are overwritten and read, one now and one then
     * @param newFrom the first key that is new
     * @param newTo the first after them: they are spread over all puts
     */
    record Keys(int round, int held, int newFrom, int newTo) {}

    /** One call, which is timed. */
    private interface Call {
        void of(String key, byte[] value) throws Exception;
    }

    private final Candidate candidate;
    private final Keys keys;

    Steady(Candidate candidate, Keys keys) {
        this.candidate = candidate;
        this.keys = keys;
    }

    /** Gives how puts were spread ({@link Delays#spread}), and gets, and how many seconds late the last put was. */
    String run(int putsASecond, int seconds) throws Exception {
        Delays puts = new Delays(putsASecond * seconds);
        Delays gets = new Delays(GETS_A_SECOND * seconds);
        ExecutorService reader = Executors.newSingleThreadExecutor(task -> new Thread(task, "steady-get"));
        try {
            Future<Double> read = reader.submit(() -> paced("get", GETS_A_SECOND, seconds, keys.held(), 0, gets,
                    (key, value) -> candidate.get(key)));
            double late = paced("put", putsASecond, seconds, keys.newFrom(), keys.newTo(), puts, (key, value) -> {
                candidate.put(key, value);
                candidate.flush();
            });
            read.get();
            return puts.spread() + " " + gets.spread() + " " + late;
        } finally {
            reader.shutdown();
        }
    }

    private double paced(String what, int callsASecond, int seconds, int newFrom, int newTo, Delays delays, Call call)
            throws Exception {
        SplittableRandom random = new SplittableRandom(newFrom);
        byte[] value = new byte[BYTES];
        long count = (long) callsASecond * seconds;
        long news = Math.max(0, newTo - newFrom);
        long begin = System.nanoTime();
        try (RunDelay runDelay = RunDelay.ofThisThread()) {
            long waited = runDelay.nanos();
            for (long done = 0; done < count;) {
                long due = Math.min(count, (System.nanoTime() - begin) * callsASecond / SECOND);
                for (; done < due; done++) {
                    // A new key whenever their number, spread over all calls, has grown by one.
                    long next = (done + 1) * news / count;
                    boolean isNew = next > done * news / count;
                    String key = Data.key(keys.round(), isNew ? (int) (newFrom + next - 1) : random.nextInt(keys.held()));
                    random.nextBytes(value);
                    waited = timed(what, call, key, value.clone(), delays, runDelay, waited);
                }
                LockSupport.parkNanos(TICK_NANOS);
                waited = runDelay.nanos();
            }
        }
        return (System.nanoTime() - begin) / 1e9 - seconds;
    }

    private static long timed(String what, Call call, String key, byte[] value, Delays delays, RunDelay runDelay, long waited)
            throws Exception {
        LongCall event = new LongCall();
        event.begin();
        long begin = System.nanoTime();
        call.of(key, value);
        long took = System.nanoTime() - begin;
        event.end();
        delays.add(took);
        return took < LONG_NANOS ? waited : tell(event, what, runDelay, waited);
    }

    /** Apart from what is done for each call. Gives how long the thread has waited by now. */
    private static long tell(LongCall event, String what, RunDelay runDelay, long waited) throws IOException {
        long now = runDelay.nanos();
        event.what = what;
        event.waitedNanos = now - waited;
        event.commit();
        return now;
    }
}
