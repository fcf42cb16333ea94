package dev.parlor.internal.family;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

/**
 * An unmodifiable live set, of which only the iterator knows how much there is. No spliterator is sized: the size changes while a
 * stream runs, and a stream that was promised another size throws.
 *
 * @param <E> what is in it
 */
public abstract class LiveSet<E> extends AbstractSet<E> {
    private final int characteristics;

    /** @param ordered whether it is gone through in an order that means something */
    protected LiveSet(boolean ordered) {
        characteristics = Spliterator.NONNULL | Spliterator.CONCURRENT | (ordered ? Spliterator.ORDERED : 0);
    }

    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), characteristics);
    }

    @Override
    public int size() {
        int size = 0;
        for (E ignored : this) {
            size++;
        }
        return size;
    }

    @Override
    public boolean isEmpty() {
        return !iterator().hasNext();
    }

    // Those of the superclass ask for the size first.

    @Override
    public Object[] toArray() {
        return list().toArray();
    }

    @Override
    public <A> A[] toArray(A[] array) {
        return list().toArray(array);
    }

    private List<E> list() {
        List<E> list = new ArrayList<>();
        iterator().forEachRemaining(list::add);
        return list;
    }

    // Those of the superclass throw only where they find something.

    @Override
    public boolean remove(Object element) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeAll(Collection<?> some) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean retainAll(Collection<?> some) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeIf(Predicate<? super E> which) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean addAll(Collection<? extends E> more) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }
}
