package dev.parlor.internal.machine;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parlor.Bounds;
import dev.parlor.internal.engine.LoneRoom;
import dev.parlor.internal.wire.FrameKind;
import dev.parlor.internal.wire.Framing;
import dev.parlor.internal.wire.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames of members that say whatever: digests, answers to questions nobody asked, chunks, votes, in any order. The room
 * goes on, holds what was written in it, and hears who speaks properly.
 */
class ReceptionFuzz {
    private static final long BEN = 2;
    /** The first numbers of those that may be skipped among them. */
    private static final byte[] KINDS = kinds();
    private static final Versions[] VERSIONS = {Versions.SPOKEN, new Versions(1, 3), new Versions(2, 3)};
    private static final int MAX_FRAMES = 8;
    private static final int MAX_BODY_BYTES = 2_048;
    private static final long MAX_PAUSE_MILLIS = 3_000;
    /** A room that was told much nonsense is thrown away, so that what is found can be found again. */
    private static final int INPUTS_A_ROOM = 50;

    private LoneRoom room;
    private int inputs;

    private record Step(long from, boolean toAll, byte[] frame, long pauseMillis) {}

    private static byte[] kinds() {
        FrameKind[] known = FrameKind.values();
        byte[] kinds = new byte[known.length + 2];
        for (int i = 0; i < known.length; i++) {
            kinds[i] = (byte) known[i].number();
        }
        kinds[known.length] = (byte) 0x80;
        return kinds;
    }

    @FuzzTest
    void frames(FuzzedDataProvider data) {
        List<Step> steps = new ArrayList<>();
        while (data.remainingBytes() > 0 && steps.size() < MAX_FRAMES) {
            Step step = new Step(data.consumeLong(1, 4), data.consumeBoolean(), Framing.framed(
                    VERSIONS[data.consumeInt(0, VERSIONS.length - 1)], KINDS[data.consumeInt(0, KINDS.length - 1)],
                    data.consumeLong(0, 20),
                    data.consumeBytes(data.consumeInt(0, MAX_BODY_BYTES))), data.consumeLong(0, MAX_PAUSE_MILLIS));
            steps.add(step);
        }
        fresh();
        for (Step step : steps) {
            Bounds.check(step.frame().length, () -> {
                room.comes(step.from(), step.toAll(), step.frame());
                return null;
            });
            room.pass(step.pauseMillis());
        }
        room.room().sessionData().put("mine", inputs);
        if (!room.room().sessionData().get("mine").equals(Optional.of(inputs))) {
            throw new AssertionError("what was written here is not here: " + room.room().sessionData().get("mine"));
        }
    }

    /** With Ben in it. */
    private void fresh() {
        if (inputs++ % INPUTS_A_ROOM == 0) {
            room = new LoneRoom();
        }
        room.members(BEN, 3L);
        room.takeSent();
    }
}
