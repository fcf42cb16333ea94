package dev.parlor.it.lan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to one who takes nothing for a while does not hold up what is sent to the others. */
@Timeout(300)
class SlowPeerIT {
    /** More than a connection keeps of what its other end does not take, and less than flow control lets be sent. */
    private static final int FILLING_BYTES = 600_000;
    private static final Duration POLL = Duration.ofMillis(20);
    /** It is tried for long before it is sent anew. */
    private static final Duration TOGETHER = Duration.ofSeconds(60);

    private Lan lan;
    private Switch office;
    private Host ada;
    private Host cas;
    private Program ann;
    private Program bob;
    private Program cat;

    @AfterEach
    void remove() {
        if (lan != null) {
            lan.close();
        }
    }

    private void join(Setup setup) {
        lan = new Lan();
        office = lan.network("192.168.9.0/24");
        ada = lan.host().card("eth0", office);
        Host ben = lan.host().card("eth0", office);
        cas = lan.host().card("eth0", office);
        ann = ada.starts("ann", setup);
        // Who has begun the room is missed by the others only if it is the next who misses it.
        ann.joined();
        bob = ben.starts("bob", setup);
        cat = cas.starts("cat", setup);
        lan.awaitTogether(ann, bob, cat);
        ann.send("first");
        await().atMost(Lan.SOON).until(() -> bob.heard().contains("first") && cat.heard().contains("first"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOthersHearMeanwhile(boolean sealed) {
        join(Setup.lan().sealed(sealed));
        // What the one sends to the other by TCP, and the other's confirmations, do not arrive: as where packets are lost for seconds.
        cas.firewall().denyFrom(ada.at(office), "tcp");
        ann.fill(FILLING_BYTES);
        ann.send("last");
        await().pollInterval(POLL).atMost(Lan.WARNED).until(() -> bob.heard().contains("last"));
        assertThat(cat.heard()).as("what who is cut off has heard").containsExactly("first");
        cas.firewall().open();
        lan.awaitTogether(TOGETHER, ann, bob, cat);
    }

    /** As after seconds in which packets were lost, when the system tries again later and later. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionOnWhichNothingComesAnyMoreIsGivenUpForAnother(boolean sealed) {
        join(Setup.lan().sealed(sealed));
        cas.firewall().loseConnectionsFrom(ada.at(office));
        ann.send("second");
        await().atMost(Lan.SOON).until(() -> cat.heard().contains("second"));
        assertThat(cat.heard()).containsExactly("first", "second");
        lan.awaitTogether(ann, bob, cat);
    }
}
