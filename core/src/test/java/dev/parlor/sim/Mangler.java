package dev.parlor.sim;

import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.StateDelta.KeyedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.Announce;
import dev.parlor.internal.wire.Frame.Numbered;
import dev.parlor.internal.wire.Frame.Presence;
import dev.parlor.internal.wire.Frame.SyncChunk;
import dev.parlor.internal.wire.Frame.Update;
import dev.parlor.internal.wire.FrameCodec;
import dev.parlor.internal.wire.MalformedFrameException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stands between one member and the network, and does there what a flaw of the library would do. */
interface Mangler {
    /** What is sent instead of a frame. */
    default List<byte[]> outgoing(long from, byte[] frame) {
        return List.of(frame);
    }

    /** From whom a frame seems to come. */
    default long sender(long from, List<Long> view, byte[] frame) {
        return from;
    }

    /** What is said of a merge. */
    default List<List<Long>> sides(List<List<Long>> of) {
        return of;
    }

    static Numbered decode(long from, byte[] bytes) {
        try {
            return FrameCodec.decode(from, bytes, 0, bytes.length);
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends other frames than the room would. */
    static Mangler rewriting(UnaryOperator<Frame> change) {
        return new Mangler() {
            @Override
            public List<byte[]> outgoing(long from, byte[] bytes) {
                Numbered numbered = decode(from, bytes);
                Frame changed = change.apply(numbered.frame());
                return changed == null ? List.of()
                        : List.of(FrameCodec.encode(from, new Numbered(numbered.number(), changed)));
            }
        };
    }

    static Mangler dropping(Predicate<Frame> dropped) {
        return rewriting(frame -> dropped.test(frame) ? null : frame);
    }

    static Mangler deltas(UnaryOperator<StateDelta> change) {
        return rewriting(frame -> {
            if (frame instanceof Update update) {
                return new Update(change.apply(update.delta()), update.userVersion(), update.directs(), update.messages());
            } else if (frame instanceof SyncChunk chunk) {
                return with(chunk, change.apply(chunk.delta()));
            }
            return frame;
        });
    }

    static Mangler entriesIn(Predicate<KeyedValue> kept) {
        return deltas(delta -> new StateDelta(delta.clear(), delta.entries().stream().filter(kept).toList(),
                delta.batches()));
    }

    static SyncChunk withEntries(SyncChunk chunk, Predicate<KeyedValue> kept) {
        return with(chunk, new StateDelta(chunk.delta().clear(), chunk.delta().entries().stream().filter(kept).toList(),
                chunk.delta().batches()));
    }

    private static SyncChunk with(SyncChunk chunk, StateDelta delta) {
        return new SyncChunk(chunk.round(), chunk.index(), chunk.last(), chunk.total(), delta, chunk.names(), chunk.known(),
                chunk.differing());
    }

    /** Sends what belongs together in two frames. */
    static Mangler splitting() {
        return new Mangler() {
            @Override
            public List<byte[]> outgoing(long from, byte[] bytes) {
                Numbered numbered = decode(from, bytes);
                if (!(numbered.frame() instanceof Update update) || update.delta().entries().size() < 2) {
                    return List.of(bytes);
                }
                List<KeyedValue> all = update.delta().entries();
                StateDelta first = new StateDelta(update.delta().clear(), all.subList(0, 1));
                StateDelta rest = StateDelta.of(all.subList(1, all.size()));
                return List.of(
                        FrameCodec.encode(from, new Numbered(numbered.number(), new Update(first, 0, Map.of(), List.of()))),
                        FrameCodec.encode(from, new Numbered(numbered.number(), new Update(rest, update.userVersion(),
                                update.directs(), update.messages()))));
            }
        };
    }

    /** Hears of no merge, and says nothing of what it holds after one. */
    final class NoMergeRepair implements Mangler {
        private boolean merged;

        @Override
        public List<byte[]> outgoing(long from, byte[] frame) {
            return merged && decode(from, frame).frame() instanceof Announce ? List.of() : List.of(frame);
        }

        @Override
        public List<List<Long>> sides(List<List<Long>> of) {
            merged |= !of.isEmpty();
            return List.of();
        }
    }

    /** Now and then takes what one says of itself for what another says. */
    final class Stranger implements Mangler {
        private int heard;

        @Override
        public long sender(long from, List<Long> view, byte[] frame) {
            if (decode(from, frame).frame() instanceof Presence presence && !presence.joining() && heard++ % 7 == 3) {
                return view.get((view.indexOf(from) + 1) % view.size());
            }
            return from;
        }
    }
}
