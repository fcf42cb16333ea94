package dev.parlor.internal.dispatch;

import static dev.parlor.Somebody.SOMEBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Author;
import dev.parlor.Change;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantId;
import dev.parlor.RoomEvent;
import dev.parlor.SessionDataChanged;
import dev.parlor.Subscription;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That a change costs what those who hear it cost, and that all else is as if each listener were asked at each event. */
class ListenersByKeyTest {
    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final Deque<Runnable> eventThread = new ArrayDeque<>();
    private final NotedReports reports = new NotedReports();
    private final Budget budget = new Budget(1L << 30, 1 << 20);
    private final List<String> decoded = new ArrayList<>();
    private final Dispatcher dispatcher = new Dispatcher(eventThread::add, pool::add, () -> 0, this::decode, reports, budget);
    private final List<String> heard = new ArrayList<>();

    ListenersByKeyTest() {
        dispatcher.start();
    }

    private Change decode(String key, VersionedValue before, VersionedValue after, long author, Change.Cause cause) {
        decoded.add(key);
        if (key.equals("broken")) {
            throw new IllegalStateException("cannot be decoded");
        }
        return new Change(key, timeOf(before), timeOf(after), new Author(new ParticipantId(author), "a"), cause);
    }

    private static Optional<Object> timeOf(VersionedValue value) {
        return Optional.ofNullable(value).map(each -> each.stamp().time());
    }

    private static SessionChange created(String key) {
        return new SessionChange(key, null, ListeningScript.value(1), 1);
    }

    private void change(String... keys) {
        dispatcher.submitChanges(SessionChange.changesOf(
                IntStream.range(0, keys.length).mapToObj(i -> created(keys[i])).toList()), Change.Cause.REMOTE);
    }

    private Subscription listen(String name, Keys keys) {
        return dispatcher.subscribeChanges(keys, change -> heard.add(name + " " + change.key()), this);
    }

    private void run() {
        dispatcher.pump();
        while (!pool.isEmpty() || !eventThread.isEmpty()) {
            for (Runnable task; (task = pool.poll()) != null;) {
                task.run();
            }
            for (Runnable task; (task = eventThread.poll()) != null;) {
                task.run();
            }
        }
    }

    // ---- what is told costs

    @Test
    void aChangeOfAKeyThatNobodyListensForIsNotEvenQueued() {
        listen("a", Keys.one("a"));
        listen("p", Keys.startingWith("p/"));
        change("b", "p", "q/");
        assertThat(dispatcher.needsNoTurn()).isTrue();
        assertThat(budget.used(Budget.Use.CHANGES)).isZero();
        assertThat(List.of("a", "p/", "p/1")).allMatch(dispatcher::hearsChanges);
        assertThat(List.of("b", "p", "", "ab", "q/")).noneMatch(dispatcher::hearsChanges);
    }

    @Test
    void ofABatchOnlyWhatIsHeardIsKeptAndDecodedOnce() {
        listen("1", Keys.one("k500"));
        listen("2", Keys.one("k500"));
        listen("3", Keys.startingWith("k99"));
        change(IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toArray(String[]::new));
        assertThat(budget.used(Budget.Use.CHANGES)).isLessThan(13 * (Budget.CHANGE_OVERHEAD_BYTES + 2 * Long.BYTES));
        run();
        assertThat(heard).startsWith("1 k500", "2 k500", "3 k99", "3 k990").endsWith("3 k999").hasSize(13);
        assertThat(decoded).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void whoShowsThePresentHasNothingDecoded() {
        dispatcher.subscribePresent(Keys.one("k"), () -> heard.add("shown"), this);
        change("k");
        change("k", "other");
        run();
        assertThat(heard).containsExactly("shown", "shown", "shown");
        assertThat(decoded).isEmpty();
    }

    @Test
    void aChangeWhoseOnlyListenerHasEndedIsNotDecoded() {
        Subscription ended = listen("a", Keys.one("a"));
        change("a");
        ended.close();
        run();
        assertThat(decoded).isEmpty();
        assertThat(dispatcher.hearsChanges()).isFalse();
    }

    @Test
    void whatCannotBeDecodedIsToldOnceAndLeftOut() {
        List<List<String>> whole = new ArrayList<>();
        listen("1", Keys.ALL);
        dispatcher.subscribe(SessionDataChanged.class, event -> whole.add(event.changes().stream().map(Change::key).toList()));
        listen("2", Keys.startingWith("b"));
        change("a", "broken", "b");
        run();
        assertThat(heard).containsExactly("1 a", "1 b", "2 b");
        assertThat(whole).containsExactly(List.of("a", "b"));
        assertThat(decoded).containsExactly("a", "broken", "b");
        assertThat(reports.thrown).hasSize(1);
    }

    @Test
    void changesOfWhichNoneCanBeDecodedAreNoEvent() {
        dispatcher.subscribe(SessionDataChanged.class, event -> heard.add("whole"));
        dispatcher.subscribe(RoomEvent.class, event -> heard.add("any"));
        change("broken");
        run();
        assertThat(heard).isEmpty();
        assertThat(reports.thrown).hasSize(1);
    }

    @Test
    void tenThousandOnOneKeyAndTenThousandOnOneEachComeAndGo() {
        int many = 10_000;
        List<Subscription> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(listen("same", Keys.one("k")));
            all.add(listen("own", Keys.one("k" + i)));
            all.add(dispatcher.subscribe(MessageReceived.class, event -> heard.add("message")));
        }
        change("k");
        change("k77");
        dispatcher.submitMessage(() -> new MessageReceived("hi", SOMEBODY, false), 1);
        run();
        assertThat(heard).hasSize(2 * many + 1);
        heard.clear();
        // Amid the others, so that the places of both kinds are freed and moved.
        for (int i = 0; i < all.size(); i++) {
            if (i % 100 != 3) {
                all.get(i).close();
            }
        }
        change("k");
        dispatcher.submitMessage(() -> new MessageReceived("hi", SOMEBODY, false), 1);
        run();
        assertThat(heard).hasSize(200);
        all.forEach(Subscription::close);
        assertThat(dispatcher.hearsChanges()).isFalse();
        assertThat(dispatcher.hearsChanges("k")).isFalse();
    }

    // ---- the order

    @Test
    void listenersHearAnEventInTheOrderInWhichTheyWereRegisteredWhateverTheyListenFor() {
        listen("1 key", Keys.one("ab"));
        dispatcher.subscribe(SessionDataChanged.class, event -> heard.add("2 whole"));
        listen("3 prefix", Keys.startingWith("a"));
        dispatcher.subscribePresent(Keys.one("ab"), () -> heard.add("4 present"), this);
        listen("5 all", Keys.ALL);
        listen("6 key", Keys.one("ab"));
        dispatcher.subscribe(RoomEvent.class, event -> heard.add("7 whole"));
        listen("8 prefix", Keys.startingWith("ab"));
        run();
        heard.clear();
        change("ab");
        run();
        assertThat(heard).containsExactly("1 key ab", "2 whole", "3 prefix ab", "4 present", "5 all ab", "6 key ab", "7 whole",
                "8 prefix ab");
        heard.clear();
        change("ab", "ac");
        run();
        assertThat(heard).containsExactly("1 key ab", "2 whole", "3 prefix ab", "3 prefix ac", "4 present", "5 all ab", "5 all ac",
                "6 key ab", "7 whole", "8 prefix ab");
    }

    @Test
    void prefixesOfEachOtherAndNeighboursOfThemAreToldApart() {
        for (String prefix : List.of("a", "aa", "aab", "ab", "b", "a\uFFFF", "a\u0000", "aaaa")) {
            listen(prefix, Keys.startingWith(prefix));
        }
        change("aaac");
        change("aa\uFFFF");
        change("a");
        change("c");
        run();
        assertThat(heard).containsExactly("a aaac", "aa aaac", "a aa\uFFFF", "aa aa\uFFFF", "a a");
    }

    @Test
    void whoIsRegisteredAmidADeliveryHearsWhatIsPutInAfterThat() {
        dispatcher.subscribeChanges(Keys.one("a"), change -> {
            listen("late", Keys.one("b"));
            listen("late", Keys.ALL);
        }, this);
        change("a", "b");
        change("b");
        run();
        assertThat(heard).isEmpty();
        change("b");
        run();
        assertThat(heard).containsExactly("late b", "late b");
    }

    @Test
    void aListenerThatRunsAnEventLoopHoldsUpNoOther() {
        dispatcher.subscribeChanges(Keys.startingWith("k"), change -> {
            heard.add("dialog " + change.key());
            if (change.key().equals("k1")) {
                change("k9");
                run();
                heard.add("dialog ends");
            }
        }, this);
        listen("other", Keys.one("k2"));
        change("k1", "k2");
        run();
        assertThat(heard).containsExactly("dialog k1", "dialog k2", "other k2", "dialog k9", "dialog ends");
    }

    // ---- beside a list

    @Test
    void nobodyCanTellItFromAListOfListeners() {
        long first = Long.getLong("listeners.seed", new Random().nextLong());
        int runs = Integer.getInteger("listeners.runs", 300);
        for (int i = 0; i < runs; i++) {
            long seed = first + i;
            ListedListeners listed = new ListedListeners();
            List<String> expected = new ListeningScript(seed, listed).run();
            ListenersByKeyTest indexed = new ListenersByKeyTest();
            List<String> told = new ListeningScript(seed, indexed.new Indexed()).run();
            String again = "-Dlisteners.seed=" + seed + " -Dlisteners.runs=1";
            int same = IntStream.range(0, Math.min(told.size(), expected.size()))
                    .filter(at -> !told.get(at).equals(expected.get(at))).findFirst().orElse(Math.min(told.size(), expected.size()));
            assertThat(told.subList(same, told.size())).as(again + ", from call " + same)
                    .isEqualTo(expected.subList(same, expected.size()));
            assertThat(indexed.reports.unheard).as(again).isEqualTo(listed.unheard);
            assertThat(indexed.reports.thrown).as(again).hasSize(listed.thrown);
            assertThat(indexed.decoded).as(again).hasSize(listed.decoded);
            assertThat(indexed.budget.used(Budget.Use.CHANGES)).as(again).isZero();
        }
    }

    /** The dispatcher, as a script uses it. */
    private final class Indexed implements ListeningScript.Subject {
        @Override
        public AutoCloseable subscribe(ListeningScript.Wish wish, ListeningScript.Heard hears) {
            if (wish.present() != null) {
                return dispatcher.subscribePresent(Keys.one(wish.present()), () -> hears.heard("present"), this);
            }
            if (wish.keys() != null) {
                return dispatcher.subscribeChanges(wish.keys(), change -> hears.heard(ListeningScript.textOf(change)), this);
            }
            return dispatcher.subscribe(wish.type(), event -> hears.heard(event instanceof SessionDataChanged changed
                    ? changed.changes().stream().map(ListeningScript::textOf).toList().toString()
                    : (String) ((MessageReceived) event).payload()));
        }

        @Override
        public void change(List<SessionChange> changes) {
            dispatcher.submitChanges(SessionChange.changesOf(changes), Change.Cause.REMOTE);
        }

        @Override
        public void write(SessionChange change) {
            if (dispatcher.hearsChanges(change.key())) {
                dispatcher.submitChange(change.key(), change.before(), change.after() != null ? change.after()
                        : VersionedValue.tombstone(new Stamp(1, 1)), Change.Cause.REMOTE);
            }
        }

        @Override
        public void message(String payload) {
            dispatcher.submitMessage(() -> new MessageReceived(payload, SOMEBODY, false), 1);
        }

        @Override
        public void run() {
            ListenersByKeyTest.this.run();
        }
    }
}
