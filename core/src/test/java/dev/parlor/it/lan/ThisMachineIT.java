package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.it.Jvm;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of one machine meet whatever family of addresses their JVMs prefer. */
@Timeout(60)
class ThisMachineIT {
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void programsMeetWhateverAddressesTheyPrefer(boolean ann, boolean bob) {
        String room = "room-" + UUID.randomUUID();
        try (Jvm first = program("ann", ann); Jvm second = program("bob", bob)) {
            first.say("join " + room);
            first.await("re:join");
            second.say("join " + room);
            assertThat(second.await("re:join").split(" ")[1]).as("how many were there").isEqualTo("2");
            await().until(() -> first.ask("who").equals("ann,bob"));
        }
    }

    private static Jvm program(String name, boolean prefersIpv6) {
        return Jvm.start(List.of(), List.of("-Djava.net.preferIPv6Addresses=" + prefersIpv6), LanPeer.class, "peer", name);
    }
}
