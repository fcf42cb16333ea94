package dev.parlor.internal.dispatch;

import static dev.parlor.Somebody.SOMEBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.HostChanged;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantId;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final long MESSAGE_BYTES = 100_000;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final NotedReports reports = new NotedReports();
    private final Budget budget = new Budget(2L << 20, MESSAGE_BYTES);
    private final Dispatcher dispatcher = new Dispatcher(tasks::add, null, () -> 0, DispatcherTest::decode, reports, budget);
    private final List<String> heard = new ArrayList<>();

    @Test
    void nothingIsDeliveredBeforeTheStart() {
        dispatcher.subscribe(RoomEvent.class, event -> heard.add("event"));
        dispatcher.submit(() -> new HostChanged(SOMEBODY), 0);
        assertThat(tasks).isEmpty();
        dispatcher.start();
        run();
        assertThat(heard).containsExactly("event");
    }

    @Test
    void aSlowListenerGetsEachChangeOfAShortQueueAndOneForAllOfALongOne() {
        dispatcher.start();
        hearChanges();
        int many = EventQueue.CONFLATE_AFTER + 5_000;
        for (int i = 1; i <= many; i++) {
            change("k", i - 1, i);
        }
        run();
        assertThat(heard).hasSize(EventQueue.CONFLATE_AFTER + 1);
        assertThat(heard.get(0)).isEqualTo("k:0>1");
        assertThat(heard.get(heard.size() - 1)).isEqualTo("k:" + EventQueue.CONFLATE_AFTER + ">" + many);
    }

    @Test
    void changesThatNobodyHearsAreNotKept() {
        dispatcher.start();
        change("a", 0, 1);
        hearChanges();
        change("a", 1, 2);
        run();
        assertThat(heard).containsExactly("a:1>2");
    }

    @Test
    void messagesDoNotConflateAndAreRefusedBeyondTheBound() {
        dispatcher.start();
        dispatcher.subscribe(MessageReceived.class, event -> heard.add((String) event.payload()));
        int most = (int) (MESSAGE_BYTES / (Budget.MESSAGE_OVERHEAD_BYTES + 1));
        int taken = 0;
        for (int i = 0; i < most + 10; i++) {
            String payload = "m" + i;
            taken += dispatcher.submitMessage(() -> new MessageReceived(payload, SOMEBODY, false), 1) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(most);
        run();
        assertThat(heard).hasSize(most);
        assertThat(dispatcher.submitMessage(() -> new MessageReceived("again", SOMEBODY, false), 1)).isTrue();
    }

    @Test
    void whoSubscribesAmidAFloodMissesNoLaterChange() {
        dispatcher.start();
        dispatcher.subscribe(SessionDataChanged.class, event -> {});
        for (int i = 1; i <= EventQueue.CONFLATE_AFTER + 10; i++) {
            change("k", i - 1, i);
        }
        hearChanges();
        change("k", 9000, 9001);
        run();
        assertThat(heard).containsExactly("k:9000>9001");
    }

    @Test
    void aListenerThatThrowsHarmsNobodyElse() {
        dispatcher.start();
        dispatcher.subscribe(RoomEvent.class, event -> {
            throw new IllegalStateException("mine");
        });
        hearChanges();
        change("a", 0, 1);
        change("b", 0, 1);
        run();
        assertThat(heard).containsExactly("a:0>1", "b:0>1");
        assertThat(reports.thrown).hasSize(2);
    }

    @Test
    void anEndedSubscriptionHearsNothing() {
        dispatcher.start();
        Subscription subscription = hearChanges();
        change("a", 0, 1);
        subscription.close();
        subscription.close();
        run();
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatStandsStillKeepsOldAndNewOfEachKeyBesideTheBound() {
        dispatcher.start();
        hearChanges();
        int size = 10_000;
        int keys = 5;
        for (int i = 1; i <= 2_000; i++) {
            dispatcher.submitChanges(SessionChange.changesOf(List.of(change("k" + i % keys, large(i - keys, size), large(i, size)))), Change.Cause.REMOTE);
        }
        assertThat(budget.used(Budget.Use.CHANGES)).isLessThanOrEqualTo(budget.limit(Budget.Use.CHANGES)
                + keys * (2 * size + Budget.CHANGE_OVERHEAD_BYTES));
        assertThat(budget.isFull(Budget.Use.CHANGES)).isTrue();
        run();
        assertThat(budget.used(Budget.Use.CHANGES)).isZero();
        assertThat(heard.subList(heard.size() - keys, heard.size())).allMatch(each -> each.matches("k\\d:\\d+>(1996|1997|1998|1999|2000)"));
    }

    @Test
    void keysThatCameAndWentWhileTheyWaitedAreNotKept() {
        dispatcher.start();
        hearChanges();
        fill();
        long before = budget.used(Budget.Use.CHANGES);
        for (int i = 1; i <= 100_000; i++) {
            change("unique" + i, 0, i);
            change("unique" + i, i, 0);
        }
        assertThat(budget.used(Budget.Use.CHANGES)).isEqualTo(before);
        change("kept", 0, 7);
        run();
        assertThat(heard).last().isEqualTo("kept:0>7");
        assertThat(heard).hasSize(EventQueue.CONFLATE_AFTER + 1);
    }

    @Test
    void whatIsBackAtItsOldValueIsNoEvent() {
        List<SessionDataChanged> events = new ArrayList<>();
        dispatcher.start();
        dispatcher.subscribe(SessionDataChanged.class, events::add);
        fill();
        change("k", 1, 2);
        change("k", 2, 1);
        run();
        assertThat(events).hasSize(EventQueue.CONFLATE_AFTER).noneMatch(event -> event.changes().isEmpty());
    }

    @Test
    void whoShowsThePresentOfAKeyThatIsBackAtItsOldValueShowsItOnceMore() {
        dispatcher.start();
        dispatcher.subscribeChanges(Keys.startingWith("many"), change -> {}, this);
        dispatcher.subscribePresent(Keys.one("k"), () -> heard.add("k"), this);
        dispatcher.subscribePresent(Keys.one("other"), () -> heard.add("other"), this);
        run();
        heard.clear();
        fill();
        for (int i = 0; i < 1_000; i++) {
            change("k", 1, 2);
            change("k", 2, 1);
        }
        run();
        assertThat(heard).containsExactly("k");
    }

    @Test
    void changesOfABatchAreToldOneByOneUntilTheListenerEndsItsRegistration() {
        dispatcher.start();
        Subscription[] subscription = new Subscription[1];
        subscription[0] = dispatcher.subscribeChanges(Keys.ALL, change -> {
            heard.add(change.key());
            if (change.key().equals("b")) {
                subscription[0].close();
            }
        }, this);
        dispatcher.submitChanges(SessionChange.changesOf(List.of(change("a", null, value(1)), change("b", null, value(1)), change("c", null, value(1)))),
                Change.Cause.LOCAL);
        run();
        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void aChangeAtWhichAListenerThrowsIsNotTheLastItHears() {
        dispatcher.start();
        dispatcher.subscribeChanges(Keys.ALL, change -> {
            heard.add(change.key());
            throw new IllegalStateException("mine");
        }, this);
        dispatcher.submitChanges(SessionChange.changesOf(List.of(change("a", null, value(1)), change("b", null, value(1)))), Change.Cause.LOCAL);
        run();
        assertThat(heard).containsExactly("a", "b");
        assertThat(reports.throwers).containsExactly(this, this);
    }

    @Test
    void whatComesFirstToAListenerIsNotRunOnceItsRegistrationHasEnded() {
        dispatcher.start();
        Subscription kept = dispatcher.subscribePresent(Keys.one("k"), () -> heard.add("kept"), this);
        dispatcher.subscribePresent(Keys.one("k"), () -> heard.add("ended"), this).close();
        run();
        kept.close();
        assertThat(heard).containsExactly("kept");
    }

    @Test
    void whatIsEarlyIsRunBeforeTheStartAndInOrder() {
        dispatcher.subscribe(RoomEvent.class, event -> heard.add("event"));
        dispatcher.submit(() -> new HostChanged(SOMEBODY), 0);
        dispatcher.runEarly(() -> heard.add("1"));
        dispatcher.runEarly(() -> heard.add("2"));
        run();
        assertThat(heard).containsExactly("1", "2");
        dispatcher.runEarly(() -> heard.add("3"));
        dispatcher.start();
        run();
        assertThat(heard).containsExactly("1", "2", "3", "event");
    }

    @Test
    void noListenerSeesTheInterruptFlagThatAnotherLeft() {
        dispatcher.start();
        dispatcher.subscribe(RoomEvent.class, event -> Thread.currentThread().interrupt());
        dispatcher.subscribe(RoomEvent.class, event -> heard.add("flag " + Thread.currentThread().isInterrupted()));
        dispatcher.submit(() -> {
            Thread.currentThread().interrupt();
            return new HostChanged(SOMEBODY);
        }, 0);
        dispatcher.submit(() -> new HostChanged(SOMEBODY), 0);
        dispatcher.run(() -> heard.add("flag " + Thread.currentThread().isInterrupted()));
        run();
        assertThat(Thread.interrupted()).as("the flag after the turn").isFalse();
        assertThat(heard).containsExactly("flag false", "flag false", "flag false");
    }

    @Test
    void theInterruptFlagThatTheExecutorsThreadHadIsLeftToIt() {
        dispatcher.start();
        dispatcher.subscribe(RoomEvent.class, event -> heard.add("flag " + Thread.currentThread().isInterrupted()));
        dispatcher.submit(() -> new HostChanged(SOMEBODY), 0);
        dispatcher.submit(() -> new HostChanged(SOMEBODY), 0);
        Thread.currentThread().interrupt();
        run();
        assertThat(Thread.interrupted()).as("the flag after the turn").isTrue();
        assertThat(heard).containsExactly("flag true", "flag true");
    }

    /** So many changes wait that further ones become one for each key. */
    private void fill() {
        for (int i = 1; i <= EventQueue.CONFLATE_AFTER; i++) {
            change("many" + i, 0, 1);
        }
    }

    private static SessionChange change(String key, VersionedValue before, VersionedValue after) {
        return new SessionChange(key, before, after, 1);
    }

    private static VersionedValue large(int number, int size) {
        return number <= 0 ? null
                : VersionedValue.of(new Stamp(number, 1), ByteBuffer.allocate(size).putInt(number).array());
    }

    private Subscription hearChanges() {
        return dispatcher.subscribe(SessionDataChanged.class, event -> event.changes().forEach(change ->
                heard.add(change.key() + ":" + change.oldValue().orElse(0L) + ">" + change.newValue().orElse(0L))));
    }

    private void change(String key, long before, long after) {
        dispatcher.submitChanges(SessionChange.changesOf(List.of(new SessionChange(key, value(before), value(after), 1))),
                Change.Cause.REMOTE);
    }

    private static VersionedValue value(long time) {
        return time == 0 ? null : VersionedValue.of(new Stamp(time, 1), ByteBuffer.allocate(Long.BYTES).putLong(time).array());
    }

    private static Change decode(String key, VersionedValue before, VersionedValue after, long author, Change.Cause cause) {
        return new Change(key, timeOf(before), timeOf(after), new Author(new ParticipantId(author), "a"), cause);
    }

    private static Optional<Object> timeOf(VersionedValue value) {
        return Optional.ofNullable(value).map(each -> each.stamp().time());
    }

    private void run() {
        dispatcher.pump();
        for (Runnable task; (task = tasks.poll()) != null;) {
            task.run();
        }
    }
}
