package dev.parlor.internal.index;

import dev.parlor.internal.moment.Moment;
import dev.parlor.internal.moment.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys that begin with a prefix, are longer than it, and live, sorted. Changed under the replica's own lock, in the same step as the replica; read
 * without it: iterators are weakly consistent, and what must be of one moment is read anew, or put right, if it met a change.
 *
 * @param <V> what keys hold
 */
public final class PrefixIndex<V> {
    /**
     * All of one moment, sorted by key.
     *
     * @param version of which state it is: equal versions, equal states
     * @param members the keys
     * @param values what they held, in the same order
     */
    public record Copy<V>(long version, List<Member<V>> members, List<V> values) {}

    private final String prefix;
    private final StampedLock lock;
    private final Moments<V> moments = new Moments<>();
    private final ConcurrentSkipListMap<String, Member<V>> members = new ConcurrentSkipListMap<>();
    private volatile long version;
    private volatile boolean complete;

    PrefixIndex(String prefix, StampedLock lock) {
        this.prefix = prefix;
        this.lock = lock;
    }

    // ---- under the replica's write lock

    /** @param now what the key holds, or null if it does not live */
    void set(String key, @Nullable V now) {
        Member<V> held = now == null ? members.remove(key) : members.get(key);
        moments.changed(key, 0, valueOf(held));
        if (now != null) {
            if (held != null) {
                held.value(now);
            } else {
                members.put(key, new Member<>(key, now));
            }
        }
        version = version + 1;
    }

    /** Only these are left, of those that are in it. */
    void wiped(Set<String> left) {
        if (!moments.isEmpty()) {
            members.forEach((key, member) -> moments.changed(key, 0, member.value()));
        }
        if (left.isEmpty()) {
            members.clear();
        } else {
            members.keySet().retainAll(left);
        }
        version = version + 1;
    }

    void complete() {
        complete = true;
    }

    // ---- reading, without a lock

    boolean isComplete() {
        return complete;
    }

    /** How the keys begin. */
    public String prefix() {
        return prefix;
    }

    /** The keys; not to be changed. */
    public NavigableMap<String, Member<V>> members() {
        return members;
    }

    /** A number that is another one after each change. */
    public long version() {
        return version;
    }

    /** Begins to read something of one moment. @return for {@link #wasOneMoment} */
    public long begin() {
        return lock.tryOptimisticRead();
    }

    /** Whether nothing has changed since. */
    public boolean wasOneMoment(long begun) {
        return lock.validate(begun);
    }

    /** What a key of some of the members holds, or null: not of a delta that is half applied. */
    public @Nullable V get(NavigableMap<String, Member<V>> some, String key) {
        long seen = lock.tryOptimisticRead();
        V found = valueOf(some.get(key));
        if (lock.validate(seen)) {
            return found;
        }
        long held = lock.readLock();
        try {
            return valueOf(some.get(key));
        } finally {
            lock.unlockRead(held);
        }
    }

    private @Nullable V valueOf(@Nullable Member<V> member) {
        return member == null ? null : member.value();
    }

    /** All of one moment: no delta is seen in part. Writers do not wait for it. */
    public Copy<V> copy() {
        long seen = lock.tryOptimisticRead();
        if (seen != 0) {
            Copy<V> copy = copyOf(version);
            if (lock.validate(seen)) {
                return copy;
            }
        }
        Moment<V> then = new Moment<>();
        Copy<V> met = moments.read(lock, then, this::version, this::copyOf);
        return then.isEmpty() ? met : asOf(then, met);
    }

    /** Puts right what was met as it was later: both are sorted. */
    private Copy<V> asOf(Moment<V> then, Copy<V> met) {
        NavigableMap<String, @Nullable V> changed = new TreeMap<>();
        then.forEach(changed::put);
        Copy<V> copy = new Copy<>(met.version(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < met.members().size(); i++) {
            Member<V> member = met.members().get(i);
            while (!changed.isEmpty() && changed.firstKey().compareTo(member.key()) < 0) {
                addTo(copy, changed.pollFirstEntry());
            }
            if (!changed.isEmpty() && changed.firstKey().equals(member.key())) {
                addTo(copy, changed.pollFirstEntry());
            } else {
                copy.members().add(member);
                copy.values().add(met.values().get(i));
            }
        }
        while (!changed.isEmpty()) {
            addTo(copy, changed.pollFirstEntry());
        }
        return copy;
    }

    private static <V> void addTo(Copy<V> copy, Map.Entry<String, @Nullable V> then) {
        V old = then.getValue();
        if (old != null) {
            copy.members().add(new Member<>(then.getKey(), old));
            copy.values().add(old);
        }
    }

    private Copy<V> copyOf(long of) {
        List<Member<V>> keys = new ArrayList<>();
        List<V> values = new ArrayList<>();
        for (Member<V> member : members.values()) {
            keys.add(member);
            values.add(member.value());
        }
        return new Copy<>(of, keys, values);
    }
}
