package dev.parlor.internal.machine;

import dev.parlor.Warning;
import dev.parlor.internal.machine.MachineHistory.Said;
import dev.parlor.internal.machine.MachineHistory.Write;
import dev.parlor.internal.session.SessionChange;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Looks at one machine after each input, and at all that it has told. */
final class MachineWitness implements MachinePeer.Witness {
    private static final long LATE_MILLIS = 1_000;

    private final MachinePeer peer;
    private final MachineHistory history;
    private final List<String> keys;
    private final MachineWorld world;
    /** The newest that each key has held here. */
    final Map<String, VersionedValue> newest = new HashMap<>();
    Stamp newestClear = Stamp.ZERO;
    /** What listeners were told last. */
    private final Map<String, String> told = new HashMap<>();
    private final Map<Long, Integer> lastMessages = new HashMap<>();
    final Set<Integer> heard = new HashSet<>();
    private long lateMillis = Long.MIN_VALUE / 2;

    MachineWitness(MachinePeer peer, MachineHistory history, List<String> keys, MachineWorld world) {
        this.peer = peer;
        this.history = history;
        this.keys = keys;
        this.world = world;
        peer.watchedBy(this);
    }

    private SessionReplica session() {
        return peer.machine.state().session();
    }

    static String text(VersionedValue value) {
        return value == null || value.isTombstone() ? null : new String(value.bytes(), StandardCharsets.UTF_8);
    }

    private void wrong(String what) {
        history.found(world.millis() % 1_000_000 + " ms: " + peer.id + " " + what);
    }

    /** Nothing goes back. */
    @Override
    public void look() {
        Stamp clear = session().clear();
        if (newestClear.after(clear)) {
            wrong("the clear went back from " + newestClear + " to " + clear);
        }
        newestClear = clear;
        for (String key : keys) {
            VersionedValue before = newest.get(key);
            VersionedValue now = session().entry(key);
            if (now == before) {
                continue;
            }
            if (before != null && (now == null ? !history.mayBeGone(key, before, clear) : isOlder(now, before))) {
                wrong(key + " went back from " + before + " to " + now);
            }
            if (now == null) {
                newest.remove(key);
            } else {
                newest.put(key, now);
                whole(key, now, clear);
            }
        }
    }

    private static boolean isOlder(VersionedValue now, VersionedValue before) {
        return before.stamp().after(now.stamp()) || before.written().after(now.written());
    }

    /** What was written as one is here as one. */
    private void whole(String key, VersionedValue now, Stamp clear) {
        Write write = history.writes.get(now.stamp());
        if (write == null) {
            return;
        }
        if (write.clears() && write.stamp().after(clear)) {
            wrong("has " + key + " of a replace without its clear");
        }
        write.values().keySet().stream().filter(other -> !holds(other, write.stamp())).forEach(other ->
                wrong("has " + key + " of a batch and not " + other));
    }

    /** Whether it holds something of at least this stamp. */
    boolean holds(String key, Stamp stamp) {
        VersionedValue held = session().entry(key);
        return held != null && !stamp.after(held.stamp()) || !stamp.after(session().clear());
    }

    @Override
    public void changed(List<SessionChange> changes) {
        for (SessionChange change : changes) {
            if (told.containsKey(change.key()) && !Objects.equals(told.get(change.key()), text(change.before()))) {
                wrong("tells of " + change + " after " + told.get(change.key()));
            }
            told.put(change.key(), text(change.after()));
        }
    }

    @Override
    public void warned(Warning warning) {
        switch (warning.kind()) {
            case MESSAGES_LATE -> lateMillis = world.millis();
            case STAMP_DEFECT, UNDECODABLE_FRAME, OTHER_VERSION -> wrong("warns of " + warning);
            default -> { }
        }
    }

    @Override
    public void heard(long from, String text) {
        int index = Integer.parseInt(text);
        Said message = history.said.get(index);
        Integer last = lastMessages.put(from, message.number());
        if (message.from() != from || message.to() != null && message.to() != peer.id || !heard.add(index)) {
            wrong("heard twice, or of or for another: " + message);
        }
        if (last != null && last >= message.number()) {
            wrong("heard message " + message.number() + " of " + from + " after " + last);
        }
        if (world.millis() - lateMillis < LATE_MILLIS) {
            return;
        }
        message.state().forEach((key, stamp) -> {
            if (!holds(key, stamp)) {
                wrong("heard a message before " + key + " that was written before it");
            }
        });
        if (message.clear().after(session().clear())) {
            wrong("heard a message before the clear that was before it");
        }
        if (peer.machine.state().users().of(from).version() < message.user()) {
            wrong("heard a message before the user data that was set before it");
        }
    }

    /** What listeners were told is what there is. */
    void atTheEnd() {
        told.forEach((key, text) -> {
            if (!Objects.equals(text, text(session().liveEntry(key)))) {
                wrong("was told " + key + "=" + text + ", holds " + session().liveEntry(key));
            }
        });
    }
}
