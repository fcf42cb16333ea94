package dev.parlor.sim.joins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.sim.Mutation;
import dev.parlor.sim.joins.JoinRun.Ended;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A join ends with all that the room had when it began, or with a typed exception, and never with a part, at 1, 5 and 20% of all
 * packets lost. {@code -Djoins.tries=500 -Djoins.seed=1} for so many rooms.
 */
class JoinsTest {
    private static final int TRIES = Integer.getInteger("joins.tries", 40);
    private static final int PLANTED_TRIES = 20;

    /** What came of the joins at one rate of loss. */
    private static final class Tally {
        private final Map<JoinRun.Kind, Integer> kinds = new EnumMap<>(JoinRun.Kind.class);
        private final List<Long> millis = new ArrayList<>();

        void add(Ended ended) {
            kinds.merge(ended.kind(), 1, Integer::sum);
            if (ended.kind() != JoinRun.Kind.FAILED) {
                millis.add(ended.millis());
            }
        }

        @Override
        public String toString() {
            Collections.sort(millis);
            return kinds + (millis.isEmpty() ? "" : ", " + millis.get(millis.size() / 2) + " ms (median), " + millis.get(millis.size() - 1)
                    + " ms (worst)");
        }
    }

    @Test
    void noJoinEndsWithAPartOfTheRoom() {
        long first = Long.getLong("joins.seed", ThreadLocalRandom.current().nextLong(1L << 40));
        System.out.println("joins: repeat with -Djoins.tries=" + TRIES + " -Djoins.seed=" + first);
        Map<Double, Tally> tallies = new TreeMap<>();
        List<String> parts = LongStream.range(first, first + TRIES).parallel().mapToObj(seed -> {
            JoinRun run = new JoinRun(seed);
            List<Ended> ended = run.run();
            synchronized (tallies) {
                ended.forEach(tallies.computeIfAbsent(run.share(), share -> new Tally())::add);
            }
            return ended.stream().anyMatch(each -> each.kind() == JoinRun.Kind.PART)
                    ? "repeat with -Djoins.tries=1 -Djoins.seed=" + seed + ":\n" + String.join("\n", run.story()) + "\n" + ended : "";
        }).filter(part -> !part.isEmpty()).toList();
        tallies.forEach((share, tally) -> System.out.println("joins: at " + share + " loss: " + tally));
        assertThat(parts).isEmpty();
    }

    /** It would be noticed if a source sent a part only. */
    @Test
    void aPartIsNoticed() {
        Runnable undo = Mutation.HALF_A_STATE.plant();
        try {
            assertThat(LongStream.range(1, PLANTED_TRIES).mapToObj(seed -> new JoinRun(seed).run()).flatMap(List::stream)
                    .map(Ended::kind)).contains(JoinRun.Kind.PART);
        } finally {
            undo.run();
        }
    }
}
