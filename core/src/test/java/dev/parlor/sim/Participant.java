package dev.parlor.sim;

import dev.parlor.ParlorException;
import dev.parlor.ParticipantId;
import dev.parlor.internal.engine.SimPeer;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.sim.History.Said;
import dev.parlor.sim.History.Write;
import dev.parlor.sim.History.Wrong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A participant of the simulation: does what a schedule says, through the public API, and writes down what it did. */
final class Participant {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Where all clocks are right, stamps are as right as this once a participant has been there for some seconds. */
    private static final long MAX_ERROR_MILLIS = 100;
    private static final long SETTLED_NANOS = 2_500 * Scheduler.MILLI;
    /** About as much as may wait to be sent where there is little memory. */
    static final int MOST_AT_ONCE = 60;

    final long id;
    final int slot;
    final SimHost host;
    final SimPeer peer;
    final Witness witness;
    final Living living;
    final Undoing undoing;
    private final World world;
    private final History history;
    /** What this participant wrote itself, by key the stamp. */
    private final Map<String, Stamp> own = new TreeMap<>();
    private Stamp ownClear = Stamp.ZERO;
    int userCount = 1;
    private int saidCount;
    private int requests;
    private int floods;
    final List<CompletableFuture<?>> asked = new ArrayList<>();
    /** Who confirmed its goodbye. */
    final Set<Long> tookLeaveOf = new HashSet<>();
    final Signalling signals;
    boolean joined;
    boolean leaving;
    boolean gone;

    Participant(World world, long id, int slot, SimHost host, SimPeer peer, Witness witness) {
        this.world = world;
        this.history = world.history;
        this.id = id;
        this.slot = slot;
        this.host = host;
        this.peer = peer;
        this.witness = witness;
        this.living = new Living(world, this);
        this.signals = new Signalling(this, world);
        this.undoing = new Undoing(world, this);
    }

    /** Looks at what is read here, and whether it may be so. */
    void look() {
        witness.look();
        living.look();
        undoing.look();
    }

    static String userData(long id, int count) {
        return "u" + id + ":" + count;
    }

    /** The count of a user data. */
    static int countOf(String userData) {
        return Integer.parseInt(userData.substring(userData.indexOf(':') + 1));
    }

    boolean isUp() {
        return joined && !leaving && !gone && !host.isDead();
    }

    void act(Step step) {
        history.operations++;
        String key = key(step.a());
        String other = key(step.a() / Schedule.KEYS);
        switch (step.op()) {
            case PUT -> put(key);
            case PUT_EQUAL -> putEqual(key);
            case COUNT -> count();
            case REMOVE -> write(false, Collections.singletonMap(key, null), () -> peer.room().sessionData().remove(key));
            case MERGE -> merge(key, other);
            case UPDATE -> update(key, other);
            case REPLACE -> replace(key, other);
            case CLEAR -> write(true, Map.of(), () -> peer.room().sessionData().clear());
            case USER_DATA -> peer.room().setUserData(userData(id, ++userCount));
            case SAY_TO_ALL -> say(null);
            case SAY_TO_ONE -> world.pick(this, step.b()).ifPresent(this::say);
            case REQUEST -> world.pick(this, step.b()).ifPresent(this::ask);
            case FLUSH -> flush();
            case BIND -> witness.bind(key);
            case LIVE -> living.act(step.a(), step.b());
            case UNDO -> undoing.act(step.a(), step.b() / 4);
            case UNKNOWN -> unknown(step.b());
            case FLOOD -> flood(step.a() % MOST_AT_ONCE, step.b());
            case FLOOD_ASKING -> world.pick(this, step.b()).ifPresent(to -> {
                for (int i = step.a() % MOST_AT_ONCE; i > 0; i--) {
                    ask(to);
                }
            });
            case SIGNAL -> signals.send(step.a(), step.b());
            case FLOOD_KEYS -> floodKeys(step.a() % MOST_AT_ONCE);
            default -> throw new AssertionError(step);
        }
    }

    static String key(int number) {
        return "k" + number % Schedule.KEYS;
    }

    /** The key on which those at a slot count, one after the other. */
    static String countKey(int slot) {
        return "c" + slot;
    }

    /** The number of a count. */
    static int numberOf(Object count) {
        String text = (String) count;
        return Integer.parseInt(text.substring(0, text.indexOf('/')));
    }

    private void count() {
        String key = countKey(slot);
        int next = 1 + peer.room().sessionData().get(key).map(Participant::numberOf).orElse(0);
        String value = next + "/" + history.newText();
        write(false, Map.of(key, value), () -> peer.room().sessionData().put(key, value));
    }

    /** Puts what is there already. */
    private void putEqual(String key) {
        Object value = peer.room().sessionData().get(key).orElse(null);
        if (value == null) {
            put(key);
            return;
        }
        Stamp before = peer.entry(key).stamp();
        peer.room().sessionData().put(key, value);
        if (!peer.entry(key).stamp().equals(before)) {
            write(false, Map.of(key, (String) value), () -> { });
        }
    }

    void put(String key) {
        String value = world.kind.value(history.newText());
        write(false, Map.of(key, value), () -> peer.room().sessionData().put(key, value));
    }

    private void merge(String key, String other) {
        Map<String, String> values = values(key, other);
        write(false, values, () -> peer.room().sessionData().merge(values));
    }

    private void replace(String key, String other) {
        Map<String, String> values = values(key, other);
        write(true, values, () -> peer.room().sessionData().replace(values));
    }

    private Map<String, String> values(String key, String other) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(key, world.kind.value(history.newText()));
        values.put(other, world.kind.value(history.newText()));
        return values;
    }

    private void update(String key, String removed) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(key, world.kind.value(history.newText()));
        values.put(removed, null);
        write(false, values, () -> peer.room().sessionData().update(batch -> values.forEach((each, value) -> {
            if (value == null) {
                batch.remove(each);
            } else {
                batch.put(each, value);
            }
        })));
    }

    /** Writes, and checks that it reads what it wrote. */
    private void write(boolean clears, Map<String, String> values, Runnable action) {
        Set<String> ofThePresent = witness.times.ofThePresent(values.keySet(), clears);
        action.run();
        if (!values.isEmpty() && peer.entry(values.keySet().iterator().next()) == null) {
            history.found(Wrong.VIOLATION, world.scheduler, this + " wrote " + values + ", reads nothing");
            return;
        }
        Stamp stamp = clears ? peer.clear() : values.keySet().stream().map(key -> peer.entry(key).stamp())
                .min(Stamp::compareTo).orElseThrow();
        Write write = new Write(stamp, id, clears, new LinkedHashMap<>(values), ahead(stamp, clears, values));
        history.wrote(write, world.scheduler);
        world.meeting.wrote(slot, write);
        if (clears) {
            ownClear = stamp;
        }
        long error = stamp.millis() - world.trueMillis();
        if (world.kind.hasRightClocks() && Math.abs(error) > MAX_ERROR_MILLIS && world.isCalm() && host.isAwakeFor(SETTLED_NANOS)
                && witness.isInFor(SETTLED_NANOS)) {
            history.found(Wrong.VIOLATION, world.scheduler, this + " wrote with a stamp that is off by " + error
                    + " ms, though all clocks are right");
        }
        ofThePresent.stream().filter(key -> witness.times.isDragged(write.stampOf(key))).forEach(key ->
                history.found(Wrong.VIOLATION, world.scheduler, this + " wrote " + key + " with a stamp of the future, "
                        + write.stampOf(key) + ", over nothing of the future"));
        values.forEach((key, value) -> {
            own.put(key, write.stampOf(key));
            Object read = peer.room().sessionData().get(key).orElse(null);
            if (!java.util.Objects.equals(read, value) || !peer.entry(key).stamp().equals(write.stampOf(key))) {
                history.found(Wrong.VIOLATION, world.scheduler, this + " wrote " + key + "=" + value + ", reads " + read);
            }
        });
        if (stamp.author() != id || (clears && peer.room().sessionData().size()
                != values.values().stream().filter(value -> value != null).count())) {
            history.found(Wrong.VIOLATION, world.scheduler, this + " does not read its own clear or write " + values);
        }
        witness.look();
    }

    /** Keys that had been written in the future have their own stamps. */
    private Map<String, Stamp> ahead(Stamp stamp, boolean clears, Map<String, String> values) {
        Map<String, Stamp> ahead = new HashMap<>();
        for (String key : world.keys) {
            VersionedValue held = peer.entry(key);
            if (held != null && (clears || values.containsKey(key)) && held.stamp().after(stamp)) {
                ahead.put(key, held.stamp());
            }
        }
        return ahead;
    }

    private void say(Participant to) {
        Said said = new Said(id, ++saidCount, to == null ? null : to.id, new TreeMap<>(own), ownClear, userCount,
                peer.room().participants().stream().map(each -> each.id().value()).filter(each -> each != id).toList(),
                world.scheduler.nanos());
        String text = "m" + history.said.size();
        history.said.add(said);
        if (to == null) {
            Planted.say(this, world, text);
        } else {
            peer.room().participants().stream().filter(each -> each.id().value() == to.id).findFirst()
                    .ifPresent(each -> peer.room().send(text, each));
        }
    }

    /** Something that only newer programs know. */
    private void unknown(int number) {
        if (NewerPrograms.isAt(slot)) {
            peer.sendUnknown(number % 2 == 0 ? null : world.pick(this, number).map(each -> each.id).orElse(null));
        }
    }

    /** Says much at once, until it is refused. */
    private void flood(int count, int to) {
        Optional<Participant> one = to % 3 == 0 ? world.pick(this, to) : Optional.empty();
        for (int i = 0; i < count; i++) {
            String text = Witness.FLOOD + ++floods + ":" + ".".repeat(to % 100);
            if (one.isEmpty()) {
                peer.room().send(text);
            } else {
                peer.room().participant(new ParticipantId(one.get().id)).ifPresent(each -> peer.room().send(text, each));
            }
        }
    }

    /** Writes keys that nobody has written before, and removes them. */
    private void floodKeys(int count) {
        for (int i = 0; i < count; i++) {
            String key = "x" + id + ":" + ++floods;
            peer.room().sessionData().put(key, "x");
            peer.room().sessionData().remove(key);
        }
    }

    private void ask(Participant to) {
        String question = "q" + id + ":" + requests++;
        peer.room().participants().stream().filter(each -> each.id().value() == to.id).findFirst().ifPresent(each ->
                asked.add(peer.room().request(question, each, String.class, PATIENCE).handle((answer, thrown) -> {
                    if (thrown == null ? !answer.equals("re:" + question) : !(thrown instanceof ParlorException)) {
                        history.found(Wrong.VIOLATION, world.scheduler, this + " asked " + question + ", got " + answer
                                + " " + thrown);
                    }
                    return null;
                })));
    }

    /** Asks everybody to confirm; then everybody present who still is has all that was written here before. */
    private void flush() {
        Map<String, Stamp> wrote = new HashMap<>(own);
        Stamp cleared = ownClear;
        List<Long> present = peer.room().participants().stream().map(each -> each.id().value()).toList();
        Map<Long, Integer> apart = new HashMap<>();
        present.forEach(each -> apart.put(each, world.network.apart(id, each)));
        peer.room().flushAsync(PATIENCE).whenComplete((done, thrown) -> {
            if (thrown == null) {
                present.stream().filter(each -> apart.get(each).equals(world.network.apart(id, each)))
                        .forEach(each -> world.flushed(this, each, wrote, cleared));
            }
        });
    }

    /** What can fail only if something is wrong, once everybody has come to rest. */
    List<CompletableFuture<?>> lastCalls() {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        calls.add(peer.room().flushAsync(PATIENCE));
        peer.room().participants().stream().filter(each -> each.id().value() != id).forEach(each ->
                calls.add(peer.room().request("last", each, String.class, PATIENCE)));
        return calls;
    }

    @Override
    public String toString() {
        return "p" + slot + "/" + Long.toHexString(id);
    }
}
