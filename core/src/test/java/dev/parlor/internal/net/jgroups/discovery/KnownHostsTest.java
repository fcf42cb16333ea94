package dev.parlor.internal.net.jgroups.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.jgroups.address.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownHostsTest {
    private static final long A_SECOND = 1_000_000_000L;
    private static final List<Integer> PORTS = IntStream.range(0, 100).mapToObj(i -> 7_900 + (14 + i) % 100).toList();
    private static final HostPort ADA = new HostPort("ada", HostPort.NO_PORT);
    private static final HostPort BOB = new HostPort("bob", 6_000);
    private static final InetAddress ADA_AT = address(192, 0, 2, 7);
    private static final InetAddress BOB_AT = address(192, 0, 2, 8);

    private final Map<String, List<InetAddress>> names = new HashMap<>(Map.of("ada", List.of(ADA_AT), "bob", List.of(BOB_AT)));

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private KnownHosts of(HostPort... hosts) {
        KnownHosts known = new KnownHosts(List.of(hosts), PORTS, each -> names.getOrDefault(each.host(), List.of()));
        known.resolve();
        return known;
    }

    private static List<InetSocketAddress> at(InetAddress host, int... ports) {
        return IntStream.of(ports).mapToObj(port -> new InetSocketAddress(host, port)).toList();
    }

    @Test
    void firstTheLikelyPortsOfEach() {
        assertThat(of(ADA).likely()).isEqualTo(at(ADA_AT, 7_914, 7_915, 7_916, 7_917));
        assertThat(of(BOB).likely()).isEqualTo(at(BOB_AT, 6_000, 6_001, 6_002, 6_003));
        assertThat(of(ADA, BOB).likely()).containsAll(of(ADA).likely()).containsAll(of(BOB).likely()).hasSize(8);
        assertThat(of().likely()).isEmpty();
        assertThat(of().isEmpty()).isTrue();
    }

    @Test
    void theLikelyPortsEachOtherSecondAndOneOfAllInTurn() {
        KnownHosts known = of(ADA);
        assertThat(known.next(Set.of(), A_SECOND)).containsAll(known.likely());
        assertThat(known.next(Set.of(), 2 * A_SECOND)).hasSize(1);
        assertThat(known.next(Set.of(), 3 * A_SECOND)).containsAll(known.likely());
    }

    /** A program can be at any port, if the others are taken. */
    @Test
    void inTheEndEveryPortIsAsked() {
        KnownHosts known = of(ADA, BOB);
        Set<InetSocketAddress> asked = new HashSet<>();
        for (int i = 0; i < PORTS.size() + KnownHosts.PORTS_FROM_ONE_NAMED; i++) {
            List<InetSocketAddress> now = known.next(Set.of(), A_SECOND + i);
            assertThat(now).as("never all at once").hasSizeLessThan(10);
            asked.addAll(now);
        }
        assertThat(asked).containsAll(PORTS.stream().map(port -> new InetSocketAddress(ADA_AT, port)).toList())
                .containsAll(at(BOB_AT, IntStream.range(6_000, 6_010).toArray())).hasSize(110);
    }

    @Test
    void noHostWaitsForThePortsOfAnother() {
        KnownHosts known = of(ADA, BOB);
        known.next(Set.of(), A_SECOND);
        List<InetSocketAddress> turn = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            turn.addAll(known.next(Set.of(), A_SECOND + 1 + i));
        }
        assertThat(turn).containsExactly(new InetSocketAddress(BOB_AT, 6_000), new InetSocketAddress(ADA_AT, 7_915),
                new InetSocketAddress(BOB_AT, 6_001));
    }

    @Test
    void aHostWithSomebodyWhoIsHereIsAskedInTurnAlone() {
        KnownHosts known = of(ADA, BOB);
        int ofAda = 0;
        for (int i = 0; i < 100; i++) {
            List<InetSocketAddress> asked = known.next(Set.of(ADA_AT), (1 + 2L * i) * A_SECOND);
            assertThat(asked).containsAll(at(BOB_AT, 6_000, 6_001, 6_002, 6_003));
            ofAda += (int) asked.stream().filter(each -> each.getAddress().equals(ADA_AT)).count();
        }
        assertThat(ofAda).as("of 100 times").isBetween(50, 100);
        assertThat(known.likely()).as("who has just started asks all").containsAll(at(ADA_AT, 7_914, 7_915, 7_916, 7_917));
    }

    @Test
    void unknownOnesAreToldAndAskedOnceTheyAreKnown() {
        HostPort gone = new HostPort("gone", HostPort.NO_PORT);
        KnownHosts known = new KnownHosts(List.of(gone, ADA), PORTS, each -> names.getOrDefault(each.host(), List.of()));
        assertThat(known.unknown()).as("not looked for yet").isEmpty();
        assertThat(known.likely()).isEmpty();
        assertThat(known.next(Set.of(), A_SECOND)).isEmpty();
        known.resolve();
        assertThat(known.unknown()).containsExactly(gone);
        assertThat(known.likely()).extracting(InetSocketAddress::getAddress).containsOnly(ADA_AT);
        names.put("gone", List.of(BOB_AT));
        known.resolve();
        assertThat(known.unknown()).isEmpty();
        assertThat(known.likely()).extracting(InetSocketAddress::getAddress).contains(BOB_AT);
    }

    /** The name server may be what is cut off. */
    @Test
    void whoIsKnownNoMoreKeepsItsAddress() {
        KnownHosts known = of(ADA);
        names.clear();
        known.resolve();
        assertThat(known.likely()).extracting(InetSocketAddress::getAddress).containsOnly(ADA_AT);
        assertThat(known.unknown()).isEmpty();
        names.put("ada", List.of(BOB_AT));
        known.resolve();
        assertThat(known.likely()).as("it has moved").extracting(InetSocketAddress::getAddress).containsOnly(BOB_AT);
    }

    @Test
    void portsEndWhereThereAreNoMore() {
        assertThat(KnownHosts.portsFrom(65_533)).containsExactly(65_533, 65_534, 65_535);
        assertThat(of(new HostPort("ada", 65_535)).likely()).isEqualTo(at(ADA_AT, 65_535));
    }
}
