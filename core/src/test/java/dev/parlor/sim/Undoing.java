package dev.parlor.sim;

import dev.parlor.SessionData;
import dev.parlor.Undo;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.sim.History.Wrong;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Keys whose changes are undone and redone, in the same kinds as {@link Living}: an undo replaces nothing that another has written, and
 * brings back nothing that was never there.
 */
final class Undoing {
    private static final int KEYS_OF_ALL = 3;
    private static final int MOST_STEPS = 12;
    private static final String PREFIX = "u";
    private static final List<String> KEYS = IntStream.range(0, KEYS_OF_ALL).mapToObj(i -> PREFIX + i).toList();

    private final World world;
    private final Participant self;
    private Undo undo;
    private int puts;
    /** By key who wrote or removed it last, also where a compaction has forgotten that. */
    private final Map<String, Long> lastAuthors = new HashMap<>();
    private final Map<String, Set<VersionedValue>> held = new HashMap<>();

    Undoing(World world, Participant self) {
        this.world = world;
        this.self = self;
    }

    /** Whether a key is one of these, of which {@link History} knows nothing. */
    static boolean has(String key) {
        return KEYS.contains(key);
    }

    private void wrong(String what) {
        world.history.found(Wrong.VIOLATION, world.scheduler, self + " " + what);
    }

    private SessionData data() {
        return self.peer.room().sessionData();
    }

    void act(int a, int b) {
        look();
        if (undo == null) {
            undo = data().undo(MOST_STEPS, PREFIX);
        }
        String one = KEYS.get(a % KEYS.size());
        String other = KEYS.get(a / KEYS.size() % KEYS.size());
        switch (b % 10) {
            case 0, 1 -> data().put(one, value());
            case 2 -> data().remove(one);
            case 3 -> data().update(batch -> batch.put(one, value()).remove(other));
            case 4 -> undo.group(() -> {
                data().put(one, value());
                data().put(other, value());
                data().put(one, value());
            });
            case 5, 6, 7 -> restores("undid", true);
            default -> restores("did again", false);
        }
        look();
    }

    private String value() {
        return self.id + "~" + ++puts;
    }

    private void restores(String did, boolean back) {
        Map<String, VersionedValue> before = entries();
        boolean can = back ? undo.canUndo() : undo.canRedo();
        Undo.Result result = back ? undo.undo() : undo.redo();
        if (can != (!result.restored().isEmpty() || !result.left().isEmpty())) {
            wrong(did + " " + result + " and had said otherwise");
        }
        for (String key : KEYS) {
            VersionedValue now = self.peer.entry(key);
            if (!result.restored().contains(key)) {
                if (!Objects.equals(now, before.get(key))) {
                    wrong(did + " " + result + " and has changed " + key);
                }
                continue;
            }
            if (lastAuthors.getOrDefault(key, 0L) != self.id) {
                wrong(did + " what another wrote, " + key + " of " + before.get(key) + " by " + lastAuthors.get(key));
            }
            if (now == null || now.by().author() != self.id || before.get(key) != null && !now.stamp().after(before.get(key).stamp())) {
                wrong(did + " " + key + " and holds " + now);
            } else if (!now.isTombstone() && held.getOrDefault(key, Set.of()).stream()
                    .noneMatch(each -> Arrays.equals(each.bytes(), now.bytes()))) {
                wrong(did + " " + key + " and brought back what it never held, " + now);
            }
        }
    }

    private Map<String, VersionedValue> entries() {
        Map<String, VersionedValue> entries = new HashMap<>();
        KEYS.forEach(key -> entries.put(key, self.peer.entry(key)));
        return entries;
    }

    /** Notes who wrote what is there, after all that happens here. */
    void look() {
        if (!Living.is(world.kind) || !self.peer.isLive()) {
            return;
        }
        Stamp clear = self.peer.clear();
        for (String key : KEYS) {
            VersionedValue now = self.peer.entry(key);
            if (now != null) {
                lastAuthors.put(key, now.by().author());
                held.computeIfAbsent(key, any -> new HashSet<>()).add(now);
            } else if (clear.author() != Stamp.LO) {
                lastAuthors.put(key, clear.author());
            }
        }
    }

    /** All hold the same. */
    void atTheEnd(Participant first) {
        KEYS.forEach(key -> {
            if (!Objects.equals(self.peer.entry(key), first.peer.entry(key))) {
                world.history.found(Wrong.DIVERGED, world.scheduler, self + " holds " + key + " as " + self.peer.entry(key) + ", " + first
                        + " as " + first.peer.entry(key));
            }
        });
    }
}
