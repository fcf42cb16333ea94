package dev.parlor.internal.machine.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.internal.net.Network;
import dev.parlor.internal.session.StateDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationTest {
    private final List<Throwable> thrown = new ArrayList<>();
    private final Observation observation = new Observation(thrown::add);

    @Test
    void whoThrowsIsHeardFromNoMore() {
        observation.observer(new Silent() {
            @Override
            public void compacted(long time) {
                throw new IllegalStateException("full");
            }
        });
        observation.tell(each -> each.compacted(1));
        assertThat(thrown).hasSize(1);
        assertThat(observation.observer()).isNull();
    }

    /** A recording that has ended may be amid a frame, on a thread of the network, when the next one begins. */
    @Test
    void oneThatIsPutInItsPlaceAmidItsCallStays() {
        RoomObserver next = new Silent();
        observation.observer(new Silent() {
            @Override
            public void compacted(long time) {
                observation.observer(next);
                throw new IllegalStateException("ended");
            }
        });
        observation.tell(each -> each.compacted(1));
        assertThat(thrown).hasSize(1);
        assertThat(observation.observer()).isSameAs(next);
    }

    private static class Silent implements RoomObserver {
        @Override
        public void received(long from, boolean toAll, byte[] bytes, int offset, int length) {}

        @Override
        public void sent(long to, boolean toAll, byte[] frame) {}

        @Override
        public void view(Network.View view) {}

        @Override
        public void applied(StateDelta delta, boolean here) {}

        @Override
        public void compacted(long time) {}
    }
}
