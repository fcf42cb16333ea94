package dev.parlor.internal.dispatch;

import dev.parlor.internal.dispatch.Subscriber.Call;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one key, one prefix or one class of events, in the order in which they were registered. To come and to go
 * costs the same however many there are: a place is freed where it stands, and the others move up once in a while.
 *
 * <p>Changed under the dispatcher's lock, read without any. Who reads finds everybody that was registered before something that
 * it was handed under the lock; whether it finds those that come meanwhile is left open, as they are not to hear of it
 * ({@link Subscriber#mayHear}).
 */
final class Hearers {
    /** Where so many times more places are kept than are taken, the others move up. */
    private static final int SPARSE = 4;

    private volatile @Nullable Subscriber[] places = new @Nullable Subscriber[1];
    private int used;
    private int present;

    void add(Subscriber subscriber) {
        @Nullable Subscriber[] all = places;
        if (used == all.length) {
            all = moveUp();
        }
        subscriber.place(used);
        all[used++] = subscriber;
        present++;
    }

    /** One that is here. */
    void remove(Subscriber subscriber) {
        @Nullable Subscriber[] all = places;
        all[subscriber.place()] = null;
        subscriber.place(Subscriber.NOWHERE);
        present--;
        if (present < all.length / SPARSE) {
            moveUp();
        }
    }

    boolean isEmpty() {
        return present == 0;
    }

    /** Those who are present, in an array with room for as many again: one that is read is never reordered. */
    private @Nullable Subscriber[] moveUp() {
        @Nullable Subscriber[] next = new @Nullable Subscriber[Math.max(1, 2 * present)];
        int count = 0;
        for (@Nullable Subscriber each : places) {
            if (each != null) {
                each.place(count);
                next[count++] = each;
            }
        }
        used = count;
        places = next;
        return next;
    }

    /** Hands over all. */
    void forEach(Consumer<Subscriber> action) {
        for (@Nullable Subscriber each : places) {
            if (each != null) {
                action.accept(each);
            }
        }
    }

    /**
     * Adds the calls of those who hear of an item.
     *
     * @param changes which of its changes; null for all there is, a whole event or each of its changes
     */
    void addCalls(long sequence, int @Nullable [] changes, List<Call> calls) {
        for (@Nullable Subscriber each : places) {
            if (each != null && each.mayHear(sequence)) {
                calls.add(changes == null ? each.alone() : new Call(each, changes));
            }
        }
    }
}
