package dev.parlor.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameSamples;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A frame of each kind that there is finds somebody who takes it, whether this participant joins or has joined. */
class KindsTakenTest {
    private static final long OTHER = FrameSamples.SENDER;

    @Test
    void aFrameOfEachKindIsTakenByWhoJoinsAndByWhoIsIn() {
        Set<Class<?>> taken = new HashSet<>();
        for (Map.Entry<String, Frame.Numbered> sample : FrameSamples.all().entrySet()) {
            for (boolean in : new boolean[] {false, true}) {
                for (boolean toAll : new boolean[] {false, true}) {
                    MachineWorld world = new MachineWorld(1);
                    MachinePeer peer = new MachinePeer(1, world, world::millis);
                    if (in) {
                        peer.view(List.of(1L), List.of());
                    }
                    peer.view(List.of(1L, OTHER), List.of());
                    assertThat(peer.hasJoined()).isEqualTo(in);
                    assertThatCode(() -> peer.frame(OTHER, toAll, sample.getValue())).as(sample.getKey())
                            .doesNotThrowAnyException();
                    taken.add(sample.getValue().frame().getClass());
                }
            }
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(Arrays.<Class<?>>asList(Frame.class.getPermittedSubclasses()));
    }
}
