package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.net.interfaces.Card;
import dev.parlor.internal.net.interfaces.LocalNetworks.Look;
import dev.parlor.internal.net.jgroups.discovery.Datagram.Way;
import dev.parlor.internal.net.jgroups.secure.Strangers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.protocols.PingData;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** What is made of who is heard, and which warnings follow. The network is that of the loopback, the only one that is on every machine. */
class HearingTest {
    private static final long A_SECOND = 1_000_000_000L;
    private static final Address BEN = new UUID(1, 1);
    private static final InetSocketAddress AT = new InetSocketAddress("127.0.0.2", 7_914);
    private static final InetSocketAddress BEHIND_A_ROUTER = new InetSocketAddress("198.51.100.2", 7_914);

    private final List<Trouble> warned = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Set<Address> here = new HashSet<>();
    private final Look look = new Look(Card.all().stream().filter(Card::loopback).toList(), Optional.empty());
    private long nanos = 100 * A_SECOND;
    private boolean failing;
    private boolean talking;
    private boolean unreachable;
    private Hearing hearing = hearing(true);

    private Hearing hearing(boolean multicast) {
        try {
            List<InetAddress> groups = multicast ? List.of(InetAddress.getByName("239.192.0.1")) : List.of();
            return new Hearing(new Ways("parlor-1", groups, 22_222, List.of(), List.of(), List.of(), List.of(), null, new byte[6],
                    new Strangers("parlor-1", () -> nanos), (kind, text) -> {
                        warned.add(kind);
                        said.add(text);
                    }), nanos);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void hear(Address who, InetSocketAddress from, Way way) {
        hearing.heard(who, from, new Datagram(way, true, 0, new IpAddress(from), new EmptyMessage(null)), nanos);
    }

    private void look() {
        unreachable = hearing.look(here::contains, here.isEmpty(), each -> failing, each -> talking, look, nanos);
    }

    /** As it goes on: each second all ways, then a look. */
    private void seconds(int count, Way... ways) {
        for (int i = 0; i < count; i++) {
            nanos += A_SECOND;
            for (Way each : ways) {
                hear(BEN, AT, each);
            }
            look();
        }
    }

    @Test
    void whoStartsAtTheSameTimeOwesNoAnswer() {
        Address ann = new UUID(2, 2);
        Responses answers = new Responses(true);
        assertThat(hearing.isAnybodyOwing(answers, 0)).as("nobody is there").isFalse();
        assertThat(hearing.isAnybodyOwing(answers, 1)).as("somebody whose words cannot be read yet").isTrue();
        hear(BEN, AT, Way.MULTICAST);
        hear(ann, AT, Way.MULTICAST);
        answers.addResponse(new PingData(BEN, false), true);
        assertThat(hearing.isAnybodyOwing(answers, 2)).as("one has answered").isTrue();
        answers.addResponse(new PingData(ann, false), true);
        assertThat(hearing.isAnybodyOwing(answers, 2)).as("both, and both are new").isFalse();
        assertThat(hearing.isAnybodyOwing(answers, 3)).as("a third is there").isTrue();
        answers.addResponse(new PingData(ann, true), true);
        assertThat(hearing.isAnybodyOwing(answers, 2)).as("there is a room, whose first member has not answered").isTrue();
    }

    @Test
    void nobodyIsHeard() {
        seconds(4);
        assertThat(warned).as("it may take a moment").isEmpty();
        seconds(1);
        assertThat(warned).containsExactly(Trouble.NOBODY_HEARD);
        assertThat(said.get(0)).contains("multicast");
        seconds(1_000);
        assertThat(warned).as("once").hasSize(1);
    }

    @Test
    void whoIsHeardIsSomebodyThoughNotYetHere() {
        hear(BEN, AT, Way.UNICAST);
        seconds(10);
        assertThat(warned).doesNotContain(Trouble.NOBODY_HEARD);
    }

    @Test
    void whoIsLeftAloneLaterIsNotToldThatNobodyIsHeard() {
        here.add(BEN);
        seconds(5, Way.MULTICAST);
        here.clear();
        seconds(1_000);
        assertThat(warned).isEmpty();
    }

    @Test
    void whoIsFoundByAnotherWayFromTheStartHasItsMulticastsBlocked() {
        seconds(2, Way.BROADCAST);
        assertThat(warned).isEmpty();
        seconds(3, Way.BROADCAST);
        assertThat(warned).containsExactly(Trouble.MULTICAST_BLOCKED);
        assertThat(said.get(0)).contains("127.0.0.2", "239.192.0.1", "22222", "does not come");
        seconds(100, Way.UNICAST);
        assertThat(warned).as("not again so soon").hasSize(1);
    }

    @Test
    void whoIsHereAndWhoseMulticastsEndHasThemBlocked() {
        here.add(BEN);
        seconds(5, Way.MULTICAST);
        seconds(8, Way.UNICAST);
        assertThat(warned).isEmpty();
        seconds(2, Way.UNICAST);
        assertThat(warned).containsExactly(Trouble.MULTICAST_BLOCKED);
        assertThat(said.get(0)).contains("comes no more");
    }

    @Test
    void whoIsHereAndIsHeardByConnectionsAloneHasThemBlockedToo() {
        here.add(BEN);
        talking = true;
        seconds(5, Way.MULTICAST);
        seconds(10);
        assertThat(warned).containsExactly(Trouble.MULTICAST_BLOCKED);
    }

    @Test
    void whoIsCutOffAltogetherHasNotItsMulticastsBlocked() {
        here.add(BEN);
        talking = true;
        seconds(5, Way.MULTICAST);
        seconds(4);
        talking = false;
        seconds(10);
        talking = true;
        seconds(4);
        seconds(100, Way.MULTICAST);
        assertThat(warned).isEmpty();
    }

    @Test
    void whereMulticastComesNothingIsWrong() {
        here.add(BEN);
        seconds(1_000, Way.MULTICAST, Way.BROADCAST);
        assertThat(warned).isEmpty();
    }

    @Test
    void nobodyExpectsMulticastFromBehindARouter() {
        for (int i = 0; i < 20; i++) {
            nanos += A_SECOND;
            hear(BEN, BEHIND_A_ROUTER, Way.UNICAST);
            look();
        }
        assertThat(warned).isEmpty();
    }

    @Test
    void nobodyExpectsMulticastWhoHasNotAskedForIt() {
        hearing = hearing(false);
        seconds(20, Way.UNICAST);
        assertThat(warned).isEmpty();
    }

    @Test
    void nobodyExpectsMulticastFromThisMachine() {
        InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_914);
        for (int i = 0; i < 20; i++) {
            nanos += A_SECOND;
            hear(BEN, own, Way.UNICAST);
            look();
        }
        assertThat(warned).isEmpty();
    }

    @Test
    void whoIsHeardAndTakesNoConnectionIsUnreachable() {
        failing = true;
        seconds(3, Way.MULTICAST);
        assertThat(warned).isEmpty();
        seconds(2, Way.MULTICAST);
        assertThat(warned).containsExactly(Trouble.UNREACHABLE);
        assertThat(said.get(0)).contains("127.0.0.2", "TCP port 7914");
        seconds(2, Way.MULTICAST);
        assertThat(unreachable).as("also when it is not told again").isTrue();
        failing = false;
        seconds(1, Way.MULTICAST);
        assertThat(unreachable).isFalse();
    }

    @Test
    void whoIsHereIsReachable() {
        failing = true;
        here.add(BEN);
        seconds(20, Way.MULTICAST);
        assertThat(warned).isEmpty();
    }

    @Test
    void whoLeavesIsNoTrouble() {
        for (Way[] ways : List.of(new Way[] {Way.MULTICAST}, new Way[] {Way.MULTICAST, Way.BROADCAST, Way.UNICAST})) {
            here.add(BEN);
            seconds(20, ways);
            here.clear();
            failing = true;
            seconds(1_000);
            failing = false;
            assertThat(warned).isEmpty();
        }
    }

    @Test
    void whoLeavesWhileItStillSpeaksIsNoTrouble() {
        here.add(BEN);
        seconds(20, Way.MULTICAST);
        here.clear();
        failing = true;
        seconds(2, Way.MULTICAST);
        seconds(100);
        assertThat(warned).isEmpty();
    }

    @Test
    void theSameIsSaidAgainAfterTenMinutes() {
        seconds(10, Way.BROADCAST);
        assertThat(warned).hasSize(1);
        seconds(580, Way.BROADCAST);
        assertThat(warned).hasSize(1);
        seconds(30, Way.BROADCAST);
        assertThat(warned).containsExactly(Trouble.MULTICAST_BLOCKED, Trouble.MULTICAST_BLOCKED);
    }

    @Test
    void whoWasHereIsAskedForAnHour() {
        here.add(BEN);
        seconds(5, Way.MULTICAST);
        assertThat(hearing.lost(here::contains, nanos)).isEmpty();
        assertThat(hearing.here(here::contains)).containsExactly(AT.getAddress());
        here.clear();
        assertThat(hearing.lost(here::contains, nanos + Hearing.FORGET_NANOS)).containsExactly(AT);
        assertThat(hearing.here(here::contains)).isEmpty();
        assertThat(hearing.at(BEN)).isEqualTo(AT);
        assertThat(hearing.lost(here::contains, nanos + Hearing.FORGET_NANOS + 1)).isEmpty();
        assertThat(hearing.at(BEN)).isNull();
    }

    @Test
    void whoNeverWasHereIsAskedForAMinute() {
        seconds(5, Way.MULTICAST);
        assertThat(hearing.lost(here::contains, nanos + Hearing.FORGET_UNKNOWN_NANOS)).containsExactly(AT);
        assertThat(hearing.lost(here::contains, nanos + Hearing.FORGET_UNKNOWN_NANOS + 1)).isEmpty();
    }

    /** In an open room anybody can say that it is many; those are asked, in turn, and they may be somebody else. */
    @Test
    void fewAreAskedAtOnceAndAllInTurn() {
        for (int i = 0; i < 1_000; i++) {
            hear(new UUID(2, i), new InetSocketAddress(AT.getAddress(), 1 + i), Way.UNICAST);
        }
        Set<InetSocketAddress> asked = new HashSet<>();
        for (int i = 0; i < 1_000 / Hearing.MAX_ASKED + 1; i++) {
            List<InetSocketAddress> now = hearing.lost(here::contains, nanos);
            assertThat(now).hasSize(Hearing.MAX_ASKED);
            asked.addAll(now);
        }
        assertThat(asked).hasSize(1_000);
    }

    @Test
    void manyWhoSpeakTakeNoMoreMemory() {
        hear(BEN, AT, Way.UNICAST);
        for (int i = 0; i < 100_000; i++) {
            hear(new UUID(2, i), AT, Way.UNICAST);
        }
        assertThat(hearing.at(BEN)).as("the oldest is forgotten").isNull();
        assertThat(hearing.at(new UUID(2, 99_999))).isEqualTo(AT);
    }
}
