package dev.parlor.sim;

import java.util.List;
import java.util.function.Supplier;

/** Something planted, to see that the simulation finds it. */
enum Flaw {
    /** The library as it is. */
    NONE,
    SAME_AUTHOR_AFTER_RESTART;

    /** Stands between one member and the network. */
    interface Mangler {
        /** What is sent instead of a frame. */
        default List<byte[]> outgoing(long from, byte[] frame) {
            return List.of(frame);
        }

        /** What arrives instead of a frame. */
        default List<byte[]> incoming(long from, byte[] frame) {
            return List.of(frame);
        }

        /** From whom a frame seems to come. */
        default long sender(long from, List<Long> view, byte[] frame) {
            return from;
        }

        default List<Long> representatives(List<Long> of) {
            return of;
        }
    }

    private final Supplier<Mangler> manglers;

    Flaw() {
        this(() -> new Mangler() {});
    }

    Flaw(Supplier<Mangler> manglers) {
        this.manglers = manglers;
    }

    Mangler mangler() {
        return manglers.get();
    }

    void say(Participant speaker, String text) {
        speaker.peer.room().send(text);
    }

    void plant(Participant in, World world) {
    }
}
