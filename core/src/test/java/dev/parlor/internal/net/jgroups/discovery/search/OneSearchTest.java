package dev.parlor.internal.net.jgroups.discovery.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.Finder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is plugged in may do whatever it likes. */
class OneSearchTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 7_914);
    private static final InetSocketAddress BEN = new InetSocketAddress("192.0.2.2", 7_915);
    private static final InetSocketAddress EVE = new InetSocketAddress("2001:db8::2", 7_916);

    private final List<String> troubles = new ArrayList<>();
    private final List<InetSocketAddress> fresh = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Queue<Callable<Collection<InetSocketAddress>>> answers = new ArrayDeque<>();

    private final class Fake implements Finder.Search {
        @Override
        public Collection<InetSocketAddress> exchange(Set<InetSocketAddress> own) throws Exception {
            calls.add("exchange");
            assertThat(own).containsExactly(HERE);
            return answers.remove().call();
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private final OneSearch search = search(Fake::new);

    private OneSearch search(Callable<Finder.Search> opening) {
        return new OneSearch(opening, troubles::add);
    }

    private static boolean atOnce(Runnable task) {
        task.run();
        return true;
    }

    private void ask(OneSearch asked, Predicate<Runnable> run) {
        asked.ask(Set.of(HERE), run, fresh::addAll);
    }

    @SafeVarargs
    private void answered(Callable<Collection<InetSocketAddress>>... with) {
        for (Callable<Collection<InetSocketAddress>> each : with) {
            answers.add(each);
            ask(search, OneSearchTest::atOnce);
        }
    }

    @Test
    void whomItFindsAreThoseOfTheLastAnswerAndFreshOnce() {
        answered(() -> List.of(BEN), () -> List.of(BEN, EVE), () -> List.of(EVE));
        assertThat(search.found()).containsExactly(EVE);
        assertThat(fresh).containsExactly(BEN, EVE);
        assertThat(troubles).isEmpty();
    }

    @Test
    void ownAddressesAreNotFound() {
        answered(() -> List.of(HERE, BEN, HERE));
        assertThat(search.found()).containsExactly(BEN);
        assertThat(troubles).isEmpty();
    }

    @Test
    void whatThrowsIsToldOnceAndTriedAgainAndLosesNobody() {
        answered(() -> List.of(BEN), () -> {
            throw new IOException("the network is down");
        }, () -> {
            throw new IllegalStateException("again");
        }, () -> {
            throw new StackOverflowError();
        });
        assertThat(troubles).singleElement().asString().contains("the network is down");
        assertThat(search.found()).containsExactly(BEN);
        answered(() -> List.of(EVE));
        assertThat(search.found()).containsExactly(EVE);
    }

    @Test
    void whatCannotBeOpenedIsTriedAgain() {
        Queue<Callable<Finder.Search>> openings = new ArrayDeque<>(List.of(() -> {
            throw new IOException("no socket");
        }, () -> null, Fake::new));
        OneSearch opened = search(() -> openings.remove().call());
        answers.add(() -> List.of(BEN));
        for (int i = 0; i < 3; i++) {
            ask(opened, OneSearchTest::atOnce);
        }
        assertThat(troubles).singleElement().asString().contains("no socket");
        assertThat(opened.found()).containsExactly(BEN);
    }

    @Test
    void nonsenseIsToldOnceAndTheRestIsUsed() throws UnknownHostException {
        InetAddress group = InetAddress.getByName("224.0.0.251");
        answered(() -> null, () -> Arrays.asList(null, InetSocketAddress.createUnresolved("ben.local", 7_915),
                new InetSocketAddress("192.0.2.2", 0), new InetSocketAddress(7_915), new InetSocketAddress(group, 7_915), BEN));
        assertThat(troubles).singleElement().asString().contains("null");
        assertThat(search.found()).containsExactly(BEN);
    }

    @Test
    void tenThousandAddressesAndOneWithoutAnEnd() {
        answered(() -> IntStream.range(1, 10_001).mapToObj(port -> new InetSocketAddress("192.0.2.2", port)).toList());
        assertThat(search.found()).hasSize(OneSearch.MAX_FOUND);
        answered(() -> new AbstractCollection<>() {
            @Override
            public Iterator<InetSocketAddress> iterator() {
                return Stream.generate(() -> EVE).iterator();
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        });
        assertThat(search.found()).containsExactly(EVE);
    }

    /** The task is kept, as if it blocked. */
    @Test
    void whatBlocksIsNotCalledASecondTimeAndClosedOnceItReturns() {
        List<Runnable> blocked = new ArrayList<>();
        answers.add(() -> List.of(BEN));
        ask(search, blocked::add);
        ask(search, blocked::add);
        assertThat(blocked).hasSize(1);
        answers.add(() -> {
            search.end();
            assertThat(calls).containsExactly("exchange", "exchange");
            return List.of(EVE);
        });
        blocked.remove(0).run();
        fresh.clear();
        ask(search, OneSearchTest::atOnce);
        assertThat(calls).containsExactly("exchange", "exchange", "close");
        assertThat(fresh).as("found after the end").isEmpty();
    }

    @Test
    void isClosedOnceAndNotAskedAfterwards() {
        answered(() -> List.of(BEN));
        search.end();
        search.end();
        ask(search, OneSearchTest::atOnce);
        assertThat(calls).containsExactly("exchange", "close");
    }

    @Test
    void whatWasNeverOpenedIsNotClosed() {
        search.end();
        ask(search, OneSearchTest::atOnce);
        assertThat(calls).isEmpty();
    }

    @Test
    void whereNoThreadIsFreeItIsAskedLater() {
        answers.add(() -> List.of(BEN));
        ask(search, task -> false);
        assertThat(calls).isEmpty();
        ask(search, OneSearchTest::atOnce);
        assertThat(search.found()).containsExactly(BEN);
    }
}
