package dev.parlor.it.faults;

import static org.awaitility.Awaitility.await;

import dev.parlor.it.Jvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;

/** Asks the participants what they see and hold, until all see all and hold the same. */
final class Sameness {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(25);
    /** User data that was lost is missed with the next announcement of its version, which may take 16 s. */
    private static final Duration USER_DATA = Duration.ofSeconds(20);
    /** Whoever takes longer than this to be in sync is described in the diary, for whoever wants to know why. */
    private static final long SLOW_NANOS = 1_500_000_000L;

    private final Map<Integer, Jvm> running;
    private final Diary diary;
    /** Claims to be in sync that were false for too long. */
    final List<String> falseClaims = new ArrayList<>();
    private final List<Long> inSyncMillis = new ArrayList<>();
    /** Rests amid which somebody lost sight of somebody. */
    final Set<Integer> disturbed = new HashSet<>();
    private int unnoticed;
    private int rests;

    Sameness(Map<Integer, Jvm> running, Diary diary) {
        this.running = running;
        this.diary = diary;
    }

    /** Waits until all see all; they may write meanwhile. */
    void awaitAllThere() {
        await().atMost(SOON).pollInterval(LOOK).until(() -> states().stream().allMatch(this::seesAll));
    }

    /** Waits until all hold the same; nobody writes meanwhile. Then everybody logs what user data it holds. */
    void awaitSame() {
        awaitSameAfterMerge();
        lookAtUserData();
    }

    /** The same after a cut, and counts how long after the merged view all were the same. */
    void measure() {
        OptionalLong millis = awaitSameAfterMerge();
        lookAtUserData();
        millis.ifPresentOrElse(inSyncMillis::add, () -> {
            unnoticed++;
            diary.note("the cut was not noticed");
        });
    }

    /**
     * Waits until all hold the same.
     *
     * @return how long after the merged view that was; nothing if there was none. A cut may be noticed after it was
     *     healed: then the view that counts is the one after that
     */
    private OptionalLong awaitSameAfterMerge() {
        long begun = System.nanoTime();
        AtomicLong apart = new AtomicLong();
        SyncClaims claims = new SyncClaims(running.size());
        until(() -> {
            List<String> states = states();
            long now = System.nanoTime();
            claims.observe(now, states).ifPresent(this::falseClaim);
            if (!states.stream().allMatch(this::seesAll)) {
                apart.set(now);
            }
            if (apart.get() != 0 && now - apart.get() > SLOW_NANOS) {
                describe("slow");
            }
            return states.stream().distinct().count() == 1 && states.get(0).startsWith(running.size() + " true");
        });
        long same = System.nanoTime();
        if (apart.get() == 0) {
            return OptionalLong.empty();
        }
        long millis = (same - apart.get()) / 1_000_000;
        diary.note(String.format("merged after %d ms, in sync %d ms after that", (apart.get() - begun) / 1_000_000,
                millis));
        return OptionalLong.of(millis);
    }

    /** Who is not the same in the end may have said that it is, and that is worth more than that it took too long. */
    private void until(Callable<Boolean> same) {
        try {
            await().atMost(SOON).pollInterval(LOOK).until(same);
        } catch (ConditionTimeoutException never) {
            describe("never the same");
            throw new AssertionError("not the same within " + SOON + ": " + states() + "; " + falseClaims, never);
        }
    }

    private void falseClaim(String what) {
        falseClaims.add(what);
        describe(what);
    }

    private void describe(String why) {
        running.forEach((host, each) -> diary.note(why + ": " + host + ": " + each.ask("state") + " "
                + each.ask("stats")));
    }

    private void lookAtUserData() {
        long begun = System.nanoTime();
        try {
            await().atMost(USER_DATA).pollInterval(LOOK).until(() ->
                    running.values().stream().map(each -> each.ask("roster")).distinct().count() == 1);
        } catch (ConditionTimeoutException differs) {
            diary.note("user data still differs; what each logs now tells how");
        }
        rests++;
        diary.note(String.format("rest %d: user data the same after %d ms", rests,
                (System.nanoTime() - begun) / 1_000_000));
        running.values().forEach(each -> each.ask("look " + rests));
        if (!states().stream().allMatch(this::seesAll)) {
            disturbed.add(rests);
            diary.note("a cut was noticed only now, after it was healed: rest " + rests + " does not count");
        }
    }

    @Override
    public String toString() {
        List<Long> sorted = inSyncMillis.stream().sorted().toList();
        return unnoticed + " cuts healed before they were noticed; in sync after the merged view: "
                + (sorted.isEmpty() ? "-" : sorted.get(sorted.size() / 2) + " ms median, "
                        + sorted.get(sorted.size() - 1) + " ms worst");
    }

    private List<String> states() {
        return running.values().stream().map(each -> each.ask("state")).toList();
    }

    private boolean seesAll(String state) {
        return state.startsWith(running.size() + " ");
    }
}
