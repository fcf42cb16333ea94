package dev.parlor.testkit.moving;

import static dev.parlor.testkit.ParlorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.InvalidArgumentException;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.RoomClosedException;
import dev.parlor.testkit.NetworkKind;
import dev.parlor.testkit.ParlorNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** User data that is changed in part, and its pace at the sender. */
class UserDataInPartsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int THREADS = 4;
    private static final int UPDATES = 500;

    @Test
    void noUpdateOfAnotherThreadIsLost() throws Exception {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.IN_MEMORY)) {
            Room ada = network.named("test").as("Ada").userData(0).join();
            Room bob = network.join("Bob");
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> {
                    try {
                        start.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    for (int n = 0; n < UPDATES; n++) {
                        ada.updateUserData(Integer.class, count -> count + 1);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            Assertions.assertThat(ada.me().userData(Integer.class)).contains(THREADS * UPDATES);
            Assertions.assertThat(network.await(() -> bob.participants().get(0).userData(Integer.class)
                    .filter(count -> count == THREADS * UPDATES).isPresent(), SECOND.multipliedBy(10))).isTrue();
        }
    }

    @Test
    void isComputedAgainWhereAnotherWasFaster() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.named("test").as("Ada").userData("a").join();
            AtomicInteger calls = new AtomicInteger();
            ada.updateUserData(String.class, text -> {
                if (calls.getAndIncrement() == 0) {
                    inAnotherThread(() -> ada.updateUserData(String.class, other -> other + "b"));
                }
                return text + "c";
            });
            Assertions.assertThat(ada.me().userData()).contains("abc");
            Assertions.assertThat(calls).hasValue(2);
        }
    }

    private static void inAnotherThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNoChangeChangesNothing() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.named("test").as("Ada").userData("a").join();
            Room bob = network.join("Bob");
            List<ParticipantUpdated> told = new CopyOnWriteArrayList<>();
            bob.on(ParticipantUpdated.class, told::add);
            ada.updateUserData(String.class, text -> text);
            assertThatThrownBy(() -> ada.updateUserData(String.class, text -> {
                throw new IllegalStateException("mine");
            })).isInstanceOf(IllegalStateException.class).hasMessage("mine");
            assertThatThrownBy(() -> ada.updateUserData(String.class, text -> null)).isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> ada.updateUserData(Integer.class, count -> 1)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("java.lang.String").hasMessageContaining("java.lang.Integer");
            assertThatThrownBy(() -> bob.updateUserData(String.class, text -> text)).isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("not set");
            assertThatThrownBy(() -> ada.updateUserData(String.class, text -> {
                ada.setUserData("within");
                return "without";
            })).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("while a change of it is computed");
            assertThatThrownBy(() -> ada.updateUserData(String.class, text -> {
                ada.updateUserData(String.class, inner -> inner + "!");
                return "without";
            })).isInstanceOf(InvalidArgumentException.class);
            network.advance(SECOND);
            Assertions.assertThat(told).isEmpty();
            ada.updateUserData(String.class, text -> text + "b");
            network.advance(SECOND);
            Assertions.assertThat(told).singleElement().satisfies(update ->
                    Assertions.assertThat(update.participant().userData()).contains("ab"));
            ada.close();
            assertThatThrownBy(() -> ada.updateUserData(String.class, text -> "late")).isInstanceOf(RoomClosedException.class);
        }
    }

    @Test
    void withAPaceOneFrameAnIntervalLeavesAndTheNewestAlwaysArrives() {
        List<Integer> counts = new ArrayList<>();
        for (Duration pace : List.of(Duration.ZERO, Duration.ofMillis(100))) {
            try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME, 3)) {
                Room ada = network.named("test").as("Ada").userDataPace(pace).join();
                Room bob = network.join("Bob");
                List<Integer> here = new CopyOnWriteArrayList<>();
                List<Integer> there = new CopyOnWriteArrayList<>();
                ada.on(ParticipantUpdated.class, update -> here.add(update.participant().userData(Integer.class).orElseThrow()));
                bob.on(ParticipantUpdated.class, update -> there.add(update.participant().userData(Integer.class).orElseThrow()));
                network.advance(SECOND.multipliedBy(60));
                long before = ada.stats().framesSent();
                for (int i = 1; i <= 120; i++) {
                    ada.setUserData(i);
                    Assertions.assertThat(ada.me().userData()).contains(i);
                    network.advance(Duration.ofMillis(16));
                }
                counts.add((int) (ada.stats().framesSent() - before));
                network.advance(SECOND);
                Assertions.assertThat(here).hasSize(120);
                Assertions.assertThat(there).startsWith(1).endsWith(120).isSorted();
            }
        }
        Assertions.assertThat(counts.get(0)).as("frames without a pace").isGreaterThanOrEqualTo(120);
        Assertions.assertThat(counts.get(1)).as("frames at ten a second, in 1.9 s, and announcements").isBetween(19, 30);
    }

    @Test
    void aMessageTakesAlongWhatWasSetBeforeIt() {
        try (ParlorNetwork network = ParlorNetwork.create(NetworkKind.VIRTUAL_TIME)) {
            Room ada = network.named("test").as("Ada").userDataPace(Duration.ofMinutes(1)).join();
            Room bob = network.join("Bob");
            List<Object> heard = new CopyOnWriteArrayList<>();
            bob.onMessage(String.class, (text, from) -> heard.add(text + " " + from.userData().orElse("nothing")));
            network.advance(SECOND);
            ada.setUserData("first");
            ada.setUserData("second");
            network.advance(SECOND);
            ada.setUserData("third");
            ada.send("hello");
            network.advance(SECOND);
            Assertions.assertThat(heard).containsExactly("hello third");
            ada.setUserData("fourth");
            network.advance(SECOND);
            Assertions.assertThat(bob.participants().get(0).userData()).contains("third");
            ada.flush(SECOND);
            Assertions.assertThat(bob.participants().get(0).userData()).contains("fourth");
            assertThat(bob).hasParticipants("Ada", "Bob");
        }
    }
}
