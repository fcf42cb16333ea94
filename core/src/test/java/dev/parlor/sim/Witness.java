package dev.parlor.sim;

import dev.parlor.Change;
import dev.parlor.MergeReport;
import dev.parlor.MessageReceived;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantJoined;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantUpdated;
import dev.parlor.Room;
import dev.parlor.SessionDataChanged;
import dev.parlor.StatusChanged;
import dev.parlor.Warning;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.sim.History.Said;
import dev.parlor.sim.History.Write;
import dev.parlor.sim.History.Wrong;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks at one participant all the time: at its replica after whatever happened to it, and at all it is told. */
final class Witness {
    /** Messages of which only the order is looked at begin so. */
    static final String FLOOD = "f";
    private static final long LATE_NANOS = 1_000 * Scheduler.MILLI;

    /** Between the end of a join and the moment its caller hears of it somebody may leave; only that is told. */
    private static final long UNTOLD_NANOS = 100 * Scheduler.MILLI;

    private final World world;
    private final History history;
    private final long id;
    /** The key that it alone writes, or null. */
    private final String ownCount;
    private final SimPeer peer;
    final Times times;
    final Memory memory;
    /** The newest stamp seen of each key, and whether it was a tombstone. */
    final Map<String, VersionedValue> newest = new TreeMap<>();
    Stamp newestClear = Stamp.ZERO;
    /** What listeners were told last of each key. */
    private final Map<String, Object> heard = new HashMap<>();
    private final Map<String, Stamp> heardStamps = new HashMap<>();
    private final Map<String, List<Optional<Object>>> bound = new HashMap<>();
    private Map<String, Object> atTheJoin = Map.of();
    private final Map<Long, Integer> lastMessage = new HashMap<>();
    private final Map<Long, Integer> lastOfFlood = new HashMap<>();
    final Set<Integer> received = new HashSet<>();
    /** What it was told of merges. */
    final List<MergeReport.Conflict> conflicts = new ArrayList<>();
    /** Who is present, by the events, with its user data. */
    final Map<Long, String> roster = new HashMap<>();
    /** Who was ever present here. */
    private final Set<Long> met = new HashSet<>();
    /** By participant the count of the newest user data that was told. */
    private final Map<Long, Integer> newestUser = new HashMap<>();
    /** When each was told last to have left. */
    private final Map<Long, Long> leftNanos = new HashMap<>();
    private long lateSinceNanos = -LATE_NANOS;
    /** It was warned that something was not waited for any more. */
    private boolean gaveUp;
    private boolean begun;
    private boolean live;
    private long joinedNanos;
    private StatusChanged told;
    /** The greatest number that was read of the own count. */
    private int counted;

    Witness(World world, long id, int slot, SimHost host, SimPeer peer) {
        this.ownCount = world.kind.counts() ? Participant.countKey(slot) : null;
        this.world = world;
        this.history = world.history;
        this.id = id;
        this.peer = peer;
        this.times = new Times(world, host, peer);
        this.memory = new Memory(world, peer);
        Room room = peer.room();
        room.on(SessionDataChanged.class, this::onChanges);
        room.on(MessageReceived.class, this::onMessage);
        room.on(Warning.class, this::onWarning);
        room.on(StatusChanged.class, this::onStatus);
        room.on(MergeReport.class, this::onMerge);
        room.on(ParticipantJoined.class, event -> toldUser(event.participant().id().value(), event.participant().userData()));
        room.on(ParticipantUpdated.class, event -> toldUser(event.participant().id().value(), event.participant().userData()));
        room.on(ParticipantLeft.class, this::onLeft);
        room.onRequest(String.class, (question, from) -> "re:" + question);
    }

    private void wrong(String text) {
        history.found(Wrong.VIOLATION, world.scheduler, Long.toHexString(id) + " " + text);
    }

    /** The join has ended, and nothing has been told yet. */
    void joined() {
        live = true;
    }

    /** Whether its join ended so long ago. */
    boolean isInFor(long nanos) {
        return begun && world.scheduler.nanos() - joinedNanos >= nanos;
    }

    /** Whether somebody was present here, vanished and is not back. */
    boolean misses(long other) {
        return met.contains(other) && peer.room().participant(new ParticipantId(other)).isEmpty();
    }

    /** How many of some vanished here, and are still waited for, within half a minute of each other (docs/decisions/0031). */
    long missedTogether(Collection<Long> others) {
        long nowNanos = world.scheduler.nanos();
        return Absences.mostTogether(others.stream().filter(this::misses).map(each -> leftNanos.getOrDefault(each, 0L)).toList(),
                nowNanos - world.kind.retention().toNanos());
    }

    // ---- the replica

    /** Nothing goes back, and batches are whole. */
    void look() {
        if (!begun && peer.isLive()) {
            begun = true;
            atTheJoin = peer.room().sessionData().snapshot();
            joinedNanos = world.scheduler.nanos();
            peer.room().participants().forEach(each -> user(each.id().value(), each.userData()));
        }
        String wrongTime = times.look(live);
        if (wrongTime != null) {
            wrong(wrongTime);
        }
        memory.look();
        if (!live) {
            return;
        }
        Stamp clear = peer.clear();
        if (newestClear.after(clear)) {
            wrong("the clear went back from " + newestClear + " to " + clear);
        }
        newestClear = clear;
        for (String key : world.keys) {
            VersionedValue now = peer.entry(key);
            VersionedValue before = newest.get(key);
            if (now == before) {
                continue;
            }
            if (before != null && (now == null ? !history.mayBeGone(key, before, clear) : isOlder(now, before))) {
                wrong("read " + key + " going back from " + before + " to " + now);
            }
            if (now == null) {
                newest.remove(key);
            } else {
                newest.put(key, now);
                whole(key, now, clear);
                if (key.equals(ownCount) && !now.isTombstone()) {
                    count(now);
                }
            }
        }
    }

    /**
     * Whether something older is there than was. A compaction stamps anew what it keeps: it must not bring back what somebody had
     * overwritten or removed.
     */
    private static boolean isOlder(VersionedValue now, VersionedValue before) {
        return before.stamp().after(now.stamp()) || before.stamp().written().after(now.stamp().written());
    }

    /**
     * With clocks that are right nothing older is newer than what was written here. What was only read may have been counted anew by
     * the same program in another part of the room, in which that was unknown.
     */
    private void count(VersionedValue now) {
        int number = Participant.numberOf(SimPeer.decoded(now.bytes()));
        if (number < counted && world.kind.hasRightClocks()) {
            wrong("read its own count going back from " + counted + " to " + number + " of " + now.stamp());
        }
        if (now.by().author() == id) {
            counted = Math.max(counted, number);
        }
    }

    private void whole(String key, VersionedValue now, Stamp clear) {
        Write write = history.writes.get(now.stamp());
        if (write == null || !write.isBatch()) {
            return;
        }
        if (write.clears() && write.stamp().after(clear)) {
            wrong("has " + key + " of a replace without its clear");
        }
        for (String other : write.values().keySet()) {
            VersionedValue held = peer.entry(other);
            if (held == null ? !clear.after(write.stampOf(other)) : write.stampOf(other).after(held.stamp())) {
                wrong("has " + key + " of a batch and not " + other);
            }
        }
    }

    /** Whether it holds something of at least this stamp. */
    boolean holds(String key, Stamp stamp) {
        VersionedValue held = peer.entry(key);
        return held != null && !stamp.after(held.stamp()) || !stamp.after(peer.clear());
    }

    // ---- what it is told

    private void onChanges(SessionDataChanged event) {
        for (Change change : event.changes()) {
            String key = change.key();
            if (!world.keys.contains(key)) {
                continue;
            }
            Object old = change.oldValue().orElse(null);
            Object now = change.newValue().orElse(null);
            if (heard.containsKey(key) && !Objects.equals(heard.get(key), old)) {
                wrong("heard " + key + " changing from " + old + ", but heard " + heard.get(key) + " before");
            }
            if (!heard.containsKey(key) && !Objects.equals(atTheJoin.get(key), old)) {
                wrong("heard " + key + " changing from " + old + ", but it was " + atTheJoin.get(key) + " at the join");
            }
            heard.put(key, now);
            long author = change.author().id().value();
            // Who removed what a compaction has forgotten is forgotten too: who wrote it last is named.
            Stamp since = heardStamps.getOrDefault(key, Stamp.ZERO);
            boolean nameOfWriter = now == null && !history.removed(key, author, since) && history.wrote(key, author);
            if (!nameOfWriter && (author == id) != (change.cause() == Change.Cause.LOCAL)) {
                wrong("heard the cause " + change.cause() + " for what " + change.author() + " did");
            }
            if (now == null) {
                if (!(nameOfWriter ? history.removed(key, since) : history.removed(key, author, since))) {
                    wrong("heard that " + change.author() + " removed " + key + ", after "
                            + heardStamps.get(key));
                }
            } else {
                Stamp before = heardStamps.getOrDefault(key, Stamp.ZERO);
                Write write = history.writeOf(key, now, author, before);
                if (write == null) {
                    wrong("heard " + key + "=" + now + " of " + change.author() + " after " + before);
                } else {
                    heardStamps.put(key, write.stampOf(key));
                }
                world.answer(id, change);
            }
        }
    }

    void bind(String key) {
        List<Optional<Object>> told = new ArrayList<>();
        if (bound.putIfAbsent(key, told) == null) {
            peer.room().sessionData().bind(key, told::add);
        }
    }

    private void onWarning(Warning warning) {
        switch (warning.kind()) {
            case MESSAGES_LATE -> {
                lateSinceNanos = world.scheduler.nanos();
                history.late++;
                gaveUp = true;
            }
            case MESSAGES_DROPPED -> {
                gaveUp |= warning.message().contains("network lost them");
                if (warning.message().contains("sent after them") && !gaveUp) {
                    wrong("had never given up to wait for one, and " + warning.message());
                }
            }
            case LISTENER_FAILED, STAMP_DEFECT, UNDECODABLE_FRAME, UNDECODABLE_VALUE, OTHER_VERSION -> wrong("warned: " + warning);
            default -> { }
        }
    }

    /** Whether it delivers just now what it has given up to wait for, and has warned of it. */
    boolean isLate() {
        return world.scheduler.nanos() - lateSinceNanos < LATE_NANOS;
    }

    private void onMerge(MergeReport report) {
        history.reports.add(report);
        conflicts.addAll(report.conflicts());
        for (MergeReport.Conflict conflict : report.conflicts()) {
            if (Living.has(conflict.key()) || Undoing.has(conflict.key())) {
                continue;
            }
            if (!history.wasWritten(conflict.key(), conflict.kept()) || !history.wasWritten(conflict.key(), conflict.replaced())
                    || conflict.kept().when().isBefore(conflict.replaced().when())) {
                wrong("was told of a conflict that there was not: " + conflict);
            }
        }
    }

    private void onStatus(StatusChanged event) {
        if (told != null && event.oldStatus() != told.newStatus()) {
            wrong("was told of " + event + " after " + told);
        }
        told = event;
    }

    private void onLeft(ParticipantLeft event) {
        long who = event.participant().id().value();
        leftNanos.put(who, world.scheduler.nanos());
        if (roster.remove(who) == null && world.scheduler.nanos() - joinedNanos > UNTOLD_NANOS) {
            wrong("left who was not there: " + event);
        }
        if (!world.leftSo(who, id, event.reason())) {
            wrong("left otherwise than told: " + event);
        }
    }

    /** Some of a flood may be dropped, but none comes twice or too late. */
    private void onFlood(long from, String text) {
        int number = Integer.parseInt(text.substring(FLOOD.length(), text.indexOf(':')));
        Integer last = lastOfFlood.put(from, number);
        if (last != null && last >= number) {
            wrong("heard message " + number + " of a flood of " + from + " after " + last);
        }
    }

    private void onMessage(MessageReceived event) {
        if (((String) event.payload()).startsWith(FLOOD)) {
            onFlood(event.from().id().value(), (String) event.payload());
            return;
        }
        int index = Integer.parseInt(((String) event.payload()).substring(1));
        Said said = history.said.get(index);
        long from = event.from().id().value();
        Integer last = lastMessage.put(from, said.number());
        if (said.from() != from || (said.to() != null && said.to() != id)) {
            wrong("heard a message of another or for another: " + said);
        }
        if (!received.add(index)) {
            wrong("heard a message twice: " + said);
        } else if (last != null && last >= said.number()) {
            wrong("heard message " + said.number() + " of " + from + " after " + last);
        }
        if (isLate()) {
            return;
        }
        said.state().forEach((key, stamp) -> {
            if (!holds(key, stamp)) {
                wrong("heard a message before " + key + " that was written before it");
            }
        });
        if (said.clear().after(peer.clear())) {
            wrong("heard a message before the clear that was before it");
        }
        peer.room().participant(event.from().id()).flatMap(each -> each.userData(String.class)).ifPresent(data -> {
            if (Participant.countOf(data) < said.user()) {
                wrong("heard a message before the user data " + said.user() + " that was set before it, has " + data);
            }
        });
    }

    private void toldUser(long owner, Optional<Object> data) {
        user(owner, data);
        int count = Participant.countOf(roster.get(owner));
        Integer before = newestUser.put(owner, count);
        if (before != null && before > count) {
            wrong("was told of the user data " + data + " of " + owner + " after its " + before);
        }
    }

    private void user(long owner, Optional<Object> data) {
        met.add(owner);
        roster.put(owner, String.valueOf(data.orElse(null)));
        if (!world.setUserData(owner, roster.get(owner))) {
            wrong("has user data of " + owner + " that it did not write: " + data);
        }
    }

    // ---- at the end

    void atTheEnd() {
        Map<String, Object> content = peer.room().sessionData().snapshot();
        // That somebody is missed may end at any moment, and what tells of it be on its way.
        boolean onItsWay = told != null && told.newStatus() == peer.room().status() && !peer.hasTold();
        if (!onItsWay && (told == null || told.newStatus() != peer.room().status()
                || told.inSync() != peer.room().stats().inSync())) {
            wrong("was told " + told + " last, is " + peer.room());
        }
        for (String key : world.keys) {
            Object told = heard.containsKey(key) ? heard.get(key) : atTheJoin.get(key);
            if (!Objects.equals(told, content.get(key))) {
                wrong("was told " + key + "=" + told + " last, holds " + content.get(key));
            }
            List<Optional<Object>> last = bound.get(key);
            if (last != null && (last.isEmpty()
                    || !last.get(last.size() - 1).equals(Optional.ofNullable(content.get(key))))) {
                wrong("bound to " + key + ", was told " + last + ", holds " + content.get(key));
            }
        }
    }
}
