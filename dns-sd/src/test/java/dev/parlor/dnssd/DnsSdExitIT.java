package dev.parlor.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JmDNS has threads that are no daemons, on which the JVM waits. */
@Timeout(180)
class DnsSdExitIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aProgramThatForgetsToLeaveEndsNevertheless() {
        try (Wire wire = new Wire("192.0.2.1/24", "192.0.2.2/24")) {
            Wire.Program ada = wire.start(0);
            ada.ask("join lounge ada dnssd");
            assertThat(ada.ask("threads")).as("threads of JmDNS").isNotEmpty();
            ada.ask("end");
            await().atMost(SOON).until(ada::hasEnded);
            assertThat(ada.exitCode()).isZero();
        }
    }
}
