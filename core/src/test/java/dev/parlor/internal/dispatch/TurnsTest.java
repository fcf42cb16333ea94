package dev.parlor.internal.dispatch;

import static dev.parlor.Somebody.SOMEBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.HostChanged;
import dev.parlor.MessageReceived;
import dev.parlor.RoomEvent;
import dev.parlor.internal.memory.Budget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What becomes of events where the user's executor does as it likes. All on one thread, in a time of its own. */
class TurnsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final Deque<Runnable> eventThread = new ArrayDeque<>();
    private final NotedReports reports = new NotedReports();
    private final List<Object> heard = new ArrayList<>();
    private long now = 77;
    private Executor executor = eventThread::add;
    private final Dispatcher dispatcher = new Dispatcher(task -> executor.execute(task), pool::add, () -> now,
            (key, before, after, author, cause) -> null, reports, new Budget(1L << 20, 0));

    TurnsTest() {
        dispatcher.start();
        dispatcher.subscribe(MessageReceived.class, event -> heard.add(event.payload()));
    }

    private void say(Object... payloads) {
        for (Object payload : payloads) {
            dispatcher.submitMessage(() -> new MessageReceived(payload, SOMEBODY, false), 1);
            dispatcher.pump();
        }
    }

    private void run(Deque<Runnable> tasks) {
        for (Runnable task; (task = tasks.poll()) != null;) {
            task.run();
        }
    }

    private void run() {
        while (!pool.isEmpty() || !eventThread.isEmpty()) {
            run(pool);
            run(eventThread);
        }
    }

    /** Time passes, in which the room ticks. */
    private void pass(long seconds) {
        for (long i = 0; i < 5 * seconds; i++) {
            now += SECOND / 5;
            dispatcher.tick();
            run(pool);
        }
    }

    @Test
    void whoPutsSomethingInNeverCallsTheExecutor() {
        executor = task -> {
            throw new AssertionError("called on the thread of who put something in");
        };
        say("one");
        dispatcher.tick();
        assertThat(pool).hasSize(1);
        executor = eventThread::add;
        run();
        assertThat(heard).containsExactly("one");
    }

    @Test
    void anExecutorThatRunsAtOnceRunsOnThePoolsThreadAndIsToldOnce() {
        executor = Runnable::run;
        say("one", "two");
        assertThat(heard).isEmpty();
        run();
        say("three");
        run();
        assertThat(heard).containsExactly("one", "two", "three");
        assertThat(reports.told).hasSize(1).first().asString().contains("on the thread that hands them over");
    }

    @Test
    void listenersThatPutSomethingInOnAnExecutorThatRunsAtOnceDoNotRecurse() {
        executor = Runnable::run;
        int[] depth = {0};
        dispatcher.subscribe(MessageReceived.class, event -> {
            assertThat(++depth[0]).isEqualTo(1);
            if ((int) event.payload() < 20_000) {
                say((int) event.payload() + 1);
            }
            depth[0]--;
        });
        say(1);
        run();
        assertThat(heard).hasSize(20_000);
        assertThat(reports.thrown).isEmpty();
    }

    @Test
    void aRefusedTurnIsOfferedAgainUntilItIsTaken() {
        executor = task -> {
            throw new RejectedExecutionException("full");
        };
        say("one", "two");
        run(pool);
        pass(3);
        assertThat(reports.told).hasSize(1).first().asString().contains("refuses");
        assertThat(reports.counted).isBetween(5, 20);
        executor = eventThread::add;
        pass(1);
        run();
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void aTurnThatWasDroppedIsReplacedAndIsNotRunTwiceIfItIsRunAfterAll() {
        Deque<Runnable> dropped = new ArrayDeque<>();
        executor = dropped::add;
        say("one", "two");
        run(pool);
        pass(4);
        assertThat(reports.told).isEmpty();
        pass(2);
        assertThat(reports.told).hasSize(1).first().asString().contains("has not run listeners for 5 s");
        executor = eventThread::add;
        pass(11);
        assertThat(reports.told).hasSize(1);
        assertThat(reports.counted).isEqualTo(1);
        assertThat(dropped).hasSize(2);
        run(dropped);
        assertThat(heard).isEmpty();
        run();
        assertThat(heard).containsExactly("one", "two");
        run(dropped);
        say("three");
        run();
        assertThat(heard).containsExactly("one", "two", "three");
    }

    @Test
    void whileAnExecutorBlocksNothingFurtherIsGivenToIt() {
        int[] calls = {0};
        executor = task -> {
            calls[0]++;
            // It comes back only when somebody else has looked for a long time.
            for (int i = 0; i < 300; i++) {
                now += SECOND / 5;
                dispatcher.tick();
            }
            eventThread.add(task);
        };
        say("one");
        pool.poll().run();
        assertThat(calls[0]).isEqualTo(1);
        assertThat(pool).isEmpty();
        assertThat(reports.told).hasSize(1);
        run(eventThread);
        assertThat(heard).containsExactly("one");
    }

    @Test
    void aProgramThatWasStoppedBlamesNoExecutor() {
        say("one");
        run(pool);
        now += 3600 * SECOND;
        dispatcher.tick();
        assertThat(reports.told).isEmpty();
    }

    @Test
    void aListenerThatIsSlowBlamesNoExecutor() {
        dispatcher.subscribe(MessageReceived.class, event -> {
            if (event.payload().equals("slow")) {
                say("next");
                pass(60);
            }
        });
        say("slow");
        run();
        assertThat(heard).containsExactly("slow", "next");
        assertThat(reports.told).isEmpty();
    }

    // ---- a listener that runs the loop of its event thread, as a modal dialog does

    @Test
    void theRoomGoesOnInTheLoopOfADialogInOrderForEveryListener() {
        List<String> second = new ArrayList<>();
        dispatcher.subscribe(MessageReceived.class, event -> {
            if (event.payload().equals("open")) {
                say("three");
                run();
                assertThat(heard).containsExactly("open", "one", "two", "three");
                assertThat(second).containsExactly("open", "one", "two", "three");
            }
        });
        dispatcher.subscribe(MessageReceived.class, event -> second.add((String) event.payload()));
        say("open", "one", "two");
        run();
        say("four");
        run();
        assertThat(reports.thrown).isEmpty();
        assertThat(heard).containsExactly("open", "one", "two", "three", "four");
        assertThat(second).containsExactly("open", "one", "two", "three", "four");
    }

    @Test
    void dialogsWithinDialogs() {
        dispatcher.subscribe(MessageReceived.class, event -> {
            int number = (int) event.payload();
            if (number < 50) {
                say(number + 1);
                run();
                assertThat(heard).hasSize(50);
            }
        });
        say(1);
        run();
        assertThat(reports.thrown).isEmpty();
        assertThat(heard).hasSize(50).isSorted();
    }

    @Test
    void onAPoolOneTurnRunsAtATime() throws InterruptedException {
        dispatcher.subscribe(MessageReceived.class, event -> {
            if (event.payload().equals("slow")) {
                say("next");
                run(pool);
                Thread other = new Thread(() -> run(eventThread));
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                assertThat(heard).containsExactly("slow");
                say("more");
                // It is known by now that this is a pool.
                assertThat(pool).isEmpty();
            }
        });
        say("slow");
        run();
        assertThat(reports.thrown).isEmpty();
        assertThat(heard).containsExactly("slow", "next", "more");
    }

    // ---- registrations that change while something is told

    @Test
    void listenersMayEndAndBeginRegistrationsWhileTheyAreCalled() {
        List<Object> late = new ArrayList<>();
        AutoCloseable[] others = new AutoCloseable[2];
        others[0] = dispatcher.subscribe(MessageReceived.class, event -> {
            try {
                others[0].close();
                others[1].close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            heard.add("first " + event.payload());
            dispatcher.subscribe(RoomEvent.class, any -> late.add(any));
        });
        others[1] = dispatcher.subscribe(MessageReceived.class, event -> heard.add("never"));
        say("one");
        run();
        assertThat(late).isEmpty();
        dispatcher.submit(() -> new HostChanged(SOMEBODY), 0);
        dispatcher.pump();
        run();
        assertThat(heard).containsExactly("one", "first one");
        assertThat(late).hasSize(1);
    }

    @Test
    void messagesAreHeardOnlyIfAListenerWantsThem() {
        dispatcher.subscribe(RoomEvent.class, event -> event instanceof MessageReceived, event -> {}, "");
        say("heard");
        run();
        assertThat(reports.heard).containsExactly("heard");
        assertThat(reports.unheard).isEmpty();
    }

    @Test
    void whoOnlyLooksOnHearsNothingInTheNameOfTheProgram() {
        Dispatcher other = new Dispatcher(Runnable::run, null, () -> now, (key, before, after, author, cause) -> null, reports,
                new Budget(1L << 20, 0));
        other.start();
        other.observe(RoomEvent.class, heard::add);
        other.subscribe(MessageReceived.class, event -> event.payload() instanceof Integer, event -> {}, "");
        other.submitMessage(() -> new MessageReceived("text", SOMEBODY, false), 1);
        other.submitMessage(() -> new MessageReceived(5, SOMEBODY, false), 1);
        other.pump();
        assertThat(heard).hasSize(2);
        assertThat(reports.unheard).containsExactly("text");
        assertThat(reports.heard).containsExactly(5);
    }
}
