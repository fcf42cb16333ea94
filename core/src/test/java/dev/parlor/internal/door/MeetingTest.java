package dev.parlor.internal.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.PeerDiscovery;
import dev.parlor.internal.net.NetworkOptions.Reach;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls add up, and which stand alone. */
class MeetingTest {
    private static final Path FOLDER = Path.of("rooms");
    private static final PeerDiscovery WAY = (room, self) -> own -> List.of();

    private final Meeting meeting = new Meeting();

    @Test
    void waysOfNetworksAddUp() {
        meeting.lan();
        meeting.hosts(new String[] {"ada.local"});
        meeting.folder(FOLDER);
        meeting.discovery(WAY);
        meeting.discovery(WAY);
        assertThat(reach()).isEqualTo(new Reach.Networks(true, List.of("ada.local"), List.of(FOLDER), List.of(new PluggedDiscovery(WAY))));
    }

    @Test
    void routersStandAlone() {
        meeting.lan();
        meeting.via(new String[] {"router.example.org", "192.0.2.7:12002"});
        assertThat(reach()).isEqualTo(new Reach.Routers(List.of("router.example.org", "192.0.2.7:12002")));
        meeting.via(new String[] {"other.example.org"});
        assertThat(reach()).isEqualTo(new Reach.Routers(List.of("other.example.org")));
        meeting.hosts(new String[] {"ada.local"});
        assertThat(reach()).isEqualTo(new Reach.Networks(false, List.of("ada.local"), List.of(), List.of()));
    }

    @Test
    void ofRoutersAndAStackTheLastCounts() {
        meeting.via(new String[] {"router.example.org"});
        meeting.stack("stack.xml");
        assertThat(reach()).isEqualTo(new Reach.Stack("stack.xml"));
        meeting.via(new String[] {"router.example.org"});
        assertThat(reach()).isEqualTo(new Reach.Routers(List.of("router.example.org")));
    }

    private Reach reach() {
        return meeting.options("room", "somebody", 1, null).reach();
    }
}
