package dev.parlor.internal.engine;

import dev.parlor.Warning;
import dev.parlor.internal.machine.RoomMachine;
import dev.parlor.internal.machine.recording.Observation;
import dev.parlor.internal.net.Network;
import dev.parlor.internal.net.Trouble;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import dev.parlor.internal.wire.OtherVersionException;

/** Takes what comes from the network, on its threads: decodes it without the lock, and makes an input of it. */
final class Intake implements Network.Receiver {
    private final Inputs inputs;
    private final RoomMachine machine;
    private final Observation observation;

    Intake(Inputs inputs, RoomMachine machine, Observation observation) {
        this.inputs = inputs;
        this.machine = machine;
        this.observation = observation;
    }

    @Override
    public void onView(Network.View view) {
        if (observation.observer() != null) {
            observation.tell(each -> each.view(view));
        }
        inputs.apply(() -> machine.onView(view));
    }

    @Override
    public void onFrame(long from, boolean toAll, byte[] bytes, int offset, int length) {
        if (observation.observer() != null) {
            observation.tell(each -> each.received(from, toAll, bytes, offset, length));
        }
        Frame.Numbered numbered;
        try {
            numbered = FrameCodec.decode(from, bytes, offset, length);
        } catch (OtherVersionException e) {
            inputs.apply(() -> machine.onOtherVersion(from, e.versions(), String.valueOf(e.getMessage())));
            return;
        } catch (MalformedFrameException e) {
            inputs.apply(() -> machine.onMalformed(from, String.valueOf(e.getMessage())));
            return;
        }
        inputs.apply(() -> machine.onFrame(from, toAll, numbered, length));
    }

    @Override
    public void onStrangers(long count, boolean ofThisRoom) {
        inputs.apply(() -> machine.onStrangers(count, ofThisRoom));
    }

    @Override
    public void onHeardAgain() {
        inputs.apply(machine::onHeardAgain);
    }

    @Override
    public void onTrouble(Trouble trouble, String message) {
        inputs.apply(() -> machine.warnings().warn(kindOf(trouble), message));
    }

    private static Warning.Kind kindOf(Trouble trouble) {
        return switch (trouble) {
            case MULTICAST_BLOCKED -> Warning.Kind.MULTICAST_BLOCKED;
            case NOBODY_HEARD -> Warning.Kind.NOBODY_HEARD;
            case UNREACHABLE -> Warning.Kind.UNREACHABLE;
            case UNKNOWN_HOST -> Warning.Kind.UNKNOWN_HOST;
            case ROUTERS_LOST -> Warning.Kind.ROUTERS_LOST;
        };
    }
}
