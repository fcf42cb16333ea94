package dev.parlor.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Participant;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.dispatch.Dispatcher;
import dev.parlor.internal.dispatch.NotedReports;
import dev.parlor.internal.thread.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacedEventsTest {
    private static final long MILLI = 1_000_000;

    /** An action and when it is due. */
    private record Later(long nanos, Runnable action) {}

    private long now = 77 * MILLI;
    private final List<Later> timer = new ArrayList<>();
    private final NotedReports reports = new NotedReports();
    private final Dispatcher dispatcher = new Dispatcher(Runnable::run, null, () -> now, (key, before, after, author, cause) -> null,
            reports, new Budget(Budget.defaultBytes(), 0));
    private final Environment environment = new Environment(() -> now / MILLI, () -> now, Runnable::run, Runnable::run,
            true, Runnable::run, this::later, this::later,
            Runnable::run, Environment.Waiting.REALLY, () -> {});
    private final List<String> heard = new ArrayList<>();
    private final PacedEvents paced;

    PacedEventsTest() {
        dispatcher.start();
        paced = PacedEvents.updates(dispatcher, environment, Duration.ofMillis(50), event -> heard.add(
                event.participant().name() + ":" + event.oldUserData().orElse("-") + ">"
                        + event.participant().userData().orElse("-") + "@" + now / MILLI));
    }

    @Test
    void theFirstIsToldAtOnceAndThoseTooSoonAfterItAsOne() {
        update("Ada", 0, 1);
        pass(10);
        update("Ada", 1, 2);
        update("Ada", 2, 3);
        pass(20);
        update("Ada", 3, 4);
        assertThat(heard).containsExactly("Ada:0>1@77");
        pass(20);
        assertThat(heard).containsExactly("Ada:0>1@77", "Ada:1>4@127");
        pass(200);
        assertThat(heard).hasSize(2);
    }

    @Test
    void aFloodIsToldOnceEachIntervalAndEndsWithTheNewest() {
        for (int i = 1; i <= 300; i++) {
            update("Ada", i - 1, i);
            pass(1);
        }
        pass(50);
        assertThat(heard).hasSize(7);
        assertThat(heard.get(6)).contains(">300@");
    }

    @Test
    void eachParticipantHasItsOwnPace() {
        update("Ada", 0, 1);
        update("Bob", 0, 1);
        update("Bob", 1, 2);
        pass(50);
        assertThat(heard).containsExactly("Ada:0>1@77", "Bob:0>1@77", "Bob:1>2@127");
    }

    @Test
    void nothingIsToldOfWhoHasLeftOrAfterTheEnd() {
        update("Ada", 0, 1);
        update("Ada", 1, 2);
        dispatcher.submit(() -> new ParticipantLeft(participant("Ada", 2), ParticipantLeft.Reason.CLOSED), 0);
        dispatcher.pump();
        update("Bob", 0, 1);
        update("Bob", 1, 2);
        paced.close();
        pass(200);
        update("Bob", 2, 3);
        assertThat(heard).containsExactly("Ada:0>1@77", "Bob:0>1@77");
        assertThat(reports.thrown).isEmpty();
    }

    private Runnable later(long millis, Runnable action) {
        Later due = new Later(now + millis * MILLI, action);
        timer.add(due);
        return () -> timer.remove(due);
    }

    private void update(String name, int before, int after) {
        dispatcher.submit(() -> new ParticipantUpdated(participant(name, after), Optional.of(before)), 0);
        dispatcher.pump();
    }

    private static Participant participant(String name, int userData) {
        return new Participant(new ParticipantId(name.hashCode()), name, Instant.EPOCH, Optional.of(userData), false);
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            now += MILLI;
            List<Later> due = timer.stream().filter(later -> later.nanos() <= now).toList();
            timer.removeAll(due);
            due.forEach(later -> later.action().run());
        }
    }
}
