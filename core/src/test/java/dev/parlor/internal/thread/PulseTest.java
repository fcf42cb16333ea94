package dev.parlor.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {
    private record Due(long atMillis, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private final List<Long> beats = new ArrayList<>();
    private long millis;
    private final Pulse pulse = new Pulse((delay, action) -> {
        due.add(new Due(millis + delay, action));
        return () -> { };
    }, Runnable::run, this::beat);

    private void beat(long number) {
        if (pulse.isAwaited(number)) {
            beats.add(millis);
            pulse.next();
        }
    }

    private void pass(long until) {
        for (Due next; (next = due.stream().min(java.util.Comparator.comparingLong(Due::atMillis)).orElseThrow()).atMillis() <= until;) {
            due.remove(next);
            millis = next.atMillis();
            next.action().run();
        }
        millis = until;
    }

    @Test
    void itIsSlowerOnceNothingHasHappenedForAWhileAndFastAgainOnceSomethingHas() {
        pulse.next();
        pass(60_000);
        assertThat(beats.subList(0, Pulse.BEATS_BEFORE_REST)).last().isEqualTo(Pulse.BEATS_BEFORE_REST * Pulse.BEAT_MILLIS);
        assertThat(beats.get(beats.size() - 1) - beats.get(beats.size() - 2)).isEqualTo(Pulse.RESTING_MILLIS);
        // Just before the next one is due.
        pass(beats.get(beats.size() - 1) + Pulse.RESTING_MILLIS - 10);
        beats.clear();
        long stirred = millis;
        pulse.stir();
        pulse.stir();
        pass(stirred + 1_000);
        assertThat(beats).as("and no other ones between").containsExactly(stirred + 200, stirred + 400, stirred + 600, stirred + 800, stirred + 1_000);
    }

    @Test
    void whileSomethingHappensItDoesNotRest() {
        pulse.next();
        for (int second = 1; second <= 60; second++) {
            pass(second * 1_000L);
            pulse.stir();
        }
        assertThat(beats).hasSize(300);
    }
}
