package dev.parlor.sim;

import dev.parlor.Change;
import dev.parlor.Lifetime;
import dev.parlor.ParticipantId;
import dev.parlor.ParticipantLeft;
import dev.parlor.ParticipantJoined;
import dev.parlor.SessionData;
import dev.parlor.SessionDataChanged;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.lifespan.Lifespan;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.sim.History.Wrong;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keys that hold what lives for a time, what lives while its author is present, and start values, in {@link Kind#LIVES} and {@link
 * Kind#LIVES_FORGETTING}: what one participant does with them, and what must be true of what it reads and hears of them.
 */
final class Living {
    private static final int KEYS_A_KIND = 4;
    private static final String TIMED = "t";
    private static final String PRESENT = "p";
    private static final String START = "d";
    /** With which each start value ends. */
    private static final String START_VALUE = "!";
    private static final List<String> KEYS = Stream.of(TIMED, PRESENT, START)
            .flatMap(kind -> IntStream.range(0, KEYS_A_KIND).mapToObj(i -> kind + i)).toList();
    private static final int SHORTEST_MILLIS = 100;
    private static final int LONGEST_MILLIS = 12_000;
    /** A tick is late by so much, where the program is awake. */
    private static final long LATE_NANOS = 500 * Scheduler.MILLI;
    private static final long AWAKE_NANOS = 1_000 * Scheduler.MILLI;
    /** The room's time may differ so much from one participant to another. */
    private static final long TIMES_DIFFER_MILLIS = 12_000;

    private final World world;
    private final Participant self;
    /** By key what it was heard to hold, null for nothing. */
    private final Map<String, Object> heard = new HashMap<>();
    private final Map<String, Object> atTheJoin = new HashMap<>();
    private final Map<String, VersionedValue> newest = new HashMap<>();
    private final Set<Long> toldPresent = new HashSet<>();
    /** Since when what is read of a key is not what its time says. */
    private final Map<String, Long> wrongSinceNanos = new HashMap<>();
    private boolean begun;
    private boolean heardAny;
    private int puts;

    Living(World world, Participant self) {
        this.world = world;
        this.self = self;
        if (is(world.kind)) {
            self.peer.room().on(SessionDataChanged.class, event -> event.changes().forEach(this::heard));
            self.peer.room().on(ParticipantLeft.class, event -> toldPresent.remove(event.participant().id().value()));
            self.peer.room().on(ParticipantJoined.class, event -> toldPresent.add(event.participant().id().value()));
        }
    }

    /** Whether a key is one of these, of which {@link History} knows nothing. */
    static boolean has(String key) {
        return KEYS.contains(key);
    }

    static boolean is(Kind kind) {
        return kind == Kind.LIVES || kind == Kind.LIVES_FORGETTING;
    }

    private void wrong(String what) {
        world.history.found(Wrong.VIOLATION, world.scheduler, self + " " + what);
    }

    private SessionData data() {
        return self.peer.room().sessionData();
    }

    // ---- what is done

    void act(int a, int b) {
        String number = String.valueOf(a % KEYS_A_KIND);
        String value = self.id + "#" + ++puts;
        switch (b / 2 % 8) {
            case 0, 1 -> put(TIMED + number, value, Lifetime.of(Duration.ofMillis(SHORTEST_MILLIS + a % LONGEST_MILLIS)));
            case 2, 3 -> put(PRESENT + number, value, Lifetime.whilePresent());
            case 4 -> putDefault(START + number, value + START_VALUE);
            case 5 -> data().update(batch -> batch.put(PRESENT + number, value, Lifetime.whilePresent())
                    .put(TIMED + number, value, Lifetime.of(Duration.ofMillis(SHORTEST_MILLIS + a % LONGEST_MILLIS))));
            case 6 -> {
                data().put(START + number, value);
                reads(START + number, value);
            }
            default -> data().remove(KEYS.get(a % KEYS.size()));
        }
        self.look();
    }

    private void put(String key, String value, Lifetime lifetime) {
        data().put(key, value, lifetime);
        reads(key, value);
    }

    private void putDefault(String key, String value) {
        VersionedValue before = self.peer.entry(key);
        if (data().putDefault(key, value)) {
            reads(key, value);
            if (before != null) {
                wrong("gave " + key + " a start value over " + before);
            }
        }
    }

    private void reads(String key, String value) {
        if (!data().get(key).equals(java.util.Optional.of(value))) {
            wrong("wrote " + key + "=" + value + ", reads " + data().get(key));
        }
    }

    // ---- what must be true

    /** Nothing is read that is over, all that is not is, and no start value replaces what was written or removed. */
    void look() {
        if (!is(world.kind) || !self.peer.isLive()) {
            return;
        }
        if (!begun) {
            begun = true;
            data().snapshot().forEach((key, value) -> {
                if (KEYS.contains(key)) {
                    atTheJoin.put(key, value);
                }
            });
            self.peer.room().participants().forEach(each -> toldPresent.add(each.id().value()));
        }
        Stamp clear = self.peer.clear();
        for (String key : KEYS) {
            VersionedValue held = self.peer.entry(key);
            VersionedValue before = newest.put(key, held);
            if (before != null && (held == null ? !clear.after(before.stamp()) : before.stamp().after(held.stamp()))) {
                wrong("read " + key + " going back from " + before + " to " + held);
            }
            if (before != null && before != held && isStart(held) && !isStart(before)) {
                wrong("read a start value of " + key + ", " + held + ", in place of " + before);
            }
            if (held != null && held.isLimited()) {
                boolean seen = data().containsKey(key);
                if (Lifespan.ends(held.bytes())) {
                    timed(key, held, seen);
                } else if (seen != isPresent(held.by().author())) {
                    wrong((seen ? "sees " : "does not see ") + key + " of " + held + ", of whose author it thinks otherwise");
                }
            }
        }
    }

    private static boolean isStart(VersionedValue held) {
        return held != null && !held.isTombstone() && SimPeer.decoded(held.payload()) instanceof String text && text.endsWith(START_VALUE);
    }

    private boolean isPresent(long author) {
        return self.peer.room().participant(new ParticipantId(author)).isPresent();
    }

    private void timed(String key, VersionedValue held, boolean seen) {
        if (!self.host.isAwakeFor(AWAKE_NANOS) || !self.witness.isInFor(AWAKE_NANOS)) {
            wrongSinceNanos.remove(key);
            return;
        }
        long left = Lifespan.endMillis(held.bytes()) - self.peer.lookedRoomMillis();
        if (seen == left > 0) {
            wrongSinceNanos.remove(key);
        } else if (world.scheduler.nanos() - wrongSinceNanos.computeIfAbsent(key, any -> world.scheduler.nanos()) > LATE_NANOS) {
            // Not at once: the room's time may leap.
            wrong((seen ? "sees " : "does not see ") + key + " of " + held + ", of whose time " + left + " ms are left");
        }
    }

    private void heard(Change change) {
        String key = change.key();
        if (!KEYS.contains(key)) {
            return;
        }
        heardAny = true;
        Object old = change.oldValue().orElse(null);
        Object before = heard.containsKey(key) ? heard.get(key) : atTheJoin.get(key);
        if (!Objects.equals(before, old)) {
            wrong("heard " + key + " changing from " + old + ", but it was " + before);
        }
        heard.put(key, change.newValue().orElse(null));
        if (change.cause() == Change.Cause.AUTHOR_LEFT && toldPresent.contains(change.author().id().value())) {
            wrong("heard that " + key + " went with " + change.author() + " before it heard that this had left");
        }
        if (change.cause() == Change.Cause.EXPIRED && !key.startsWith(TIMED)) {
            wrong("heard that the time of " + key + " is over");
        }
    }

    /** All have heard what they read, and read the same, but for what is about to end. */
    void atTheEnd(Participant first) {
        if (!is(world.kind)) {
            return;
        }
        Map<String, Object> read = read(self);
        Map<String, Object> told = new TreeMap<>();
        KEYS.forEach(key -> told.put(key, heard.containsKey(key) ? heard.get(key) : atTheJoin.get(key)));
        told.values().removeIf(Objects::isNull);
        if (begun && !told.equals(read) && !isEnding()) {
            wrong("was told of " + told + " and reads " + read + (heardAny ? "" : ", heard nothing"));
        }
        boolean sameTime = Math.abs(self.peer.lookedRoomMillis() - first.peer.lookedRoomMillis()) < TIMES_DIFFER_MILLIS;
        if (!sameTime) {
            // No majority has decided whose clock is wrong: each goes by its own time.
            read.keySet().removeIf(key -> key.startsWith(TIMED));
        }
        Map<String, Object> theirs = read(first);
        theirs.keySet().removeIf(key -> !sameTime && key.startsWith(TIMED));
        if (!read.equals(theirs) && !isEnding() && !first.living.isEnding()) {
            world.history.found(Wrong.DIVERGED, world.scheduler, self + " reads " + read + " at "
                    + self.peer.lookedRoomMillis() + ", " + first + " reads " + theirs + " at " + first.peer.lookedRoomMillis());
        }
        KEYS.forEach(key -> {
            if (!Objects.equals(self.peer.entry(key), first.peer.entry(key))) {
                world.history.found(Wrong.DIVERGED, world.scheduler, self + " holds " + self.peer.entry(key) + ", " + first + " holds "
                        + first.peer.entry(key));
            }
        });
    }

    private boolean isEnding() {
        return KEYS.stream().map(self.peer::entry).anyMatch(held -> held != null && held.isLimited() && Lifespan.ends(held.bytes())
                && Math.abs(Lifespan.endMillis(held.bytes()) - self.peer.lookedRoomMillis()) < TIMES_DIFFER_MILLIS);
    }

    private static Map<String, Object> read(Participant of) {
        Map<String, Object> read = new TreeMap<>(of.peer.room().sessionData().snapshot());
        read.keySet().retainAll(KEYS);
        return read;
    }
}
