package dev.parlor.sim;

import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Numbered;
import dev.parlor.internal.wire.Frame.Presence;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.Framing;
import dev.parlor.internal.wire.Versions;
import dev.parlor.sim.History.Wrong;
import dev.parlor.sim.SimNetwork.Member;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Programs of a newer version of the protocol among others, in {@link Kind#VERSIONS}: they say which versions they speak, add
 * fields at the end of each frame, and send frames of kinds that the others do not know and that may be skipped. Nothing of that
 * is refused, missed or warned of, and each skipped frame is counted.
 */
final class NewerPrograms {
    private static final Versions NEWER = new Versions(1, 3);
    private static final byte[] ADDED_FIELDS = {7, 0, -1};
    /** Magic, versions, kind, number, length of the body. */
    private static final int HEAD_BYTES = Framing.framed(0, 0, new byte[0]).length;
    private static final int KIND_AT = 2;
    private static final int NUMBER_AT = 3;
    /** From here on no kind is taken, all of them skippable. */
    private static final int UNTAKEN = 0xC0;
    private static final int UNTAKEN_KINDS = 0x40;

    private final World world;

    NewerPrograms(World world) {
        this.world = world;
    }

    /** Whether the program at a slot is newer. */
    static boolean isAt(int slot) {
        return slot % 2 == 0;
    }

    /** What a program sends in place of a frame of this version. */
    List<byte[]> sent(long from, boolean newer, List<byte[]> frames) {
        return newer && world.kind == Kind.VERSIONS ? frames.stream().map(each -> written(from, each)).toList() : frames;
    }

    private static byte[] written(long from, byte[] frame) {
        Numbered numbered = Mangler.decode(from, frame);
        if (numbered.frame().equals(SimPeer.UNKNOWN)) {
            return Framing.framed(Versions.SPOKEN, UNTAKEN | (int) (numbered.number() % UNTAKEN_KINDS), numbered.number(), ADDED_FIELDS);
        }
        byte[] known = numbered.frame() instanceof Presence presence
                ? FrameCodec.encode(from, new Numbered(numbered.number(), announcing(presence))) : frame;
        byte[] body = Arrays.copyOfRange(known, HEAD_BYTES, known.length + ADDED_FIELDS.length);
        System.arraycopy(ADDED_FIELDS, 0, body, known.length - HEAD_BYTES, ADDED_FIELDS.length);
        return Framing.framed(NEWER, known[KIND_AT], numbered.number(), body);
    }

    private static Frame announcing(Presence of) {
        return new Presence(of.joining(), of.name(), of.joinedAtMillis(), of.user(), of.roomMillis(), of.ownMillis(),
                of.lossAgeMillis(), NEWER);
    }

    /** Hands a frame over, and looks whether what was missed is what has not come. */
    void handOver(Member from, Member to, boolean toAll, byte[] frame, Runnable handOver) {
        if (world.kind != Kind.VERSIONS) {
            handOver.run();
            return;
        }
        long number = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getLong(NUMBER_AT);
        long last = to.lastNumbers.getOrDefault(from.id, 0L);
        to.skippable += (frame[KIND_AT] & UNTAKEN) == UNTAKEN ? 1 : 0;
        long missedBefore = to.peer.framesMissed();
        handOver.run();
        long missed = to.peer.framesMissed() - missedBefore;
        if (missed > (toAll ? Math.max(0, number - last - 1) : 0)) {
            found("p" + world.slotOf(to.id) + " took " + missed + " frames for missed at frame " + number + " to all, which came after " + last);
        }
        if (toAll) {
            to.lastNumbers.merge(from.id, number, Math::max);
        }
    }

    /** What was skipped is counted, and nothing was refused. */
    void atTheEnd(Participant one) {
        if (world.kind != Kind.VERSIONS) {
            return;
        }
        var stats = one.peer.room().stats();
        long skippable = world.network.members.get(one.id).skippable;
        if (stats.framesSkipped() != skippable) {
            found(one + " counts " + stats.framesSkipped() + " frames as skipped, there were " + skippable);
        }
        if (stats.framesRefused() > 0) {
            found(one + " refused " + stats.framesRefused() + " frames");
        }
    }

    private void found(String what) {
        world.history.found(Wrong.VIOLATION, world.scheduler, what);
    }
}
