package dev.parlor.it.faults;

import org.jgroups.Message;
import org.jgroups.protocols.DISCARD;

/**
 * JGroups' protocol that loses packets, put into the stack by its name and told at run time how many. It can also end the
 * program without a word while it hands its state to a joiner.
 */
public final class Lossy extends DISCARD {
    /** Whatever is larger and for one member is part of a state: a chunk is about 48 KiB. */
    private static final int CHUNK_BYTES = 10_000;
    /** Of some megabytes: a moment at which something was handed over and most was not. */
    private static final int CHUNKS_BEFORE_THE_END = 12;
    private static final int LIKE_A_KILL = 137;
    private static volatile Lossy instance;
    private static volatile boolean endsWhenServing;
    private int chunks;

    /** Called by JGroups. */
    public Lossy() {
        instance = this;
    }

    /** Loses so many percent of what arrives. */
    static void lose(int percent) {
        instance.setUpDiscardRate(percent / 100.0);
    }

    /** From now on the program ends when it serves somebody, or does not. */
    static void endWhenServing(boolean ends) {
        instance.chunks = 0;
        endsWhenServing = ends;
    }

    @Override
    public Object down(Message message) {
        if (endsWhenServing && message.getDest() != null && message.getLength() > CHUNK_BYTES
                && ++chunks == CHUNKS_BEFORE_THE_END) {
            Runtime.getRuntime().halt(LIKE_A_KILL);
        }
        return super.down(message);
    }
}
