package dev.parlor.internal.machine.outbox;

import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.memory.Budget.Use;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.StateDelta;
import dev.parlor.internal.session.VersionedValue;
import dev.parlor.internal.wire.Frame;
import dev.parlor.internal.wire.Frame.AppMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent. A key that is overwritten a thousand times is in it once, so that it is never larger than the map.
 * What single puts wrote is held as it was written: it was written as one with nothing else, and the newest wins wherever it
 * comes to, so that it may be sent whatever has happened to its key since, and a turn takes all of it without looking at
 * each. Of keys that were written as one, or are sent again, the keys are held, not the values: they stay together, with what
 * they hold when they are sent. Messages wait in order. Not thread-safe: guarded by the room's lock.
 */
public final class Outbox {
    /** Messages that may wait; more, and the sender waits or fails. A thousand is some milliseconds of sending. */
    public static final int MAX_MESSAGES = 1024;
    /** Stands for all others among those to whom something is sent; no participant has this id. */
    public static final long ALL = 0;

    /** Stamp, flags and lengths of an entry on the wire, about. */
    private static final int ENTRY_OVERHEAD_BYTES = 24;

    /** A message and for whom it is; null for all. */
    public record Outgoing(@Nullable Long to, AppMessage message) {
        public boolean isAnswer() {
            return switch (message.kind()) {
                case ANSWER, NO_HANDLER, FAILED, BUSY -> true;
                case MESSAGE, REQUEST, PING -> false;
            };
        }

        /** Whether it waits for listeners where it arrives. A question whether all has come does not. */
        boolean canWait() {
            return message.kind() == AppMessage.Kind.MESSAGE || message.kind() == AppMessage.Kind.REQUEST;
        }
    }

    /** A frame that is made at the moment it is sent, and for whom; null for all. A supplier that gives null sends none. */
    public record Control(@Nullable Long to, Supplier<? extends @Nullable Frame> frame) {}

    /** Keys that are sent in one frame, with what they hold then. */
    private static final class Unit {
        /** When it was first written: whatever was said later is sent later. */
        private long ticket;
        private final Set<String> keys;

        Unit(long ticket, Set<String> keys) {
            this.ticket = ticket;
            this.keys = keys;
        }
    }

    private final SessionReplica session;
    private final Budget budget;
    /** What single puts wrote since the last turn began. None of its keys is in a unit. */
    private Map<String, VersionedValue> singles = new LinkedHashMap<>();
    /** Each key of each unit. The first one always has the smallest ticket. */
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private long nextTicket = 1;
    /** When the clear that is not sent yet was first written, or 0: it waits for its turn as what is written after it does. */
    private long clearTicket;
    /** What must be sent with the clear, or null. */
    private @Nullable Unit clearUnit;
    private boolean userDirty;
    /** Newer user data waits until its time has come; what is said before that takes it along. */
    private boolean userHeld;
    /** Who asked all who they are. */
    private final Set<Long> askers = new LinkedHashSet<>();
    /** Who asked us alone. */
    private final Set<Long> askersOfUs = new LinkedHashSet<>();
    private final Deque<Outgoing> messages = new ArrayDeque<>();
    /** How many of them answer a request: who waits for one may be the listener for whom other messages are held back. */
    private int answers;
    private final Pressure pressure;
    private final Deque<Control> controls = new ArrayDeque<>();

    /** @param pressure what is held back */
    public Outbox(SessionReplica session, Budget budget, Pressure pressure) {
        this.pressure = pressure;
        this.session = session;
        this.budget = budget;
    }

    /** A key was written by itself. */
    public void put(String key, VersionedValue value) {
        if (!units.containsKey(key)) {
            singles.put(key, value);
        }
    }

    /** A key is to be sent with what it holds, whoever wrote it. */
    public void passOn(String key) {
        if (!units.containsKey(key)) {
            unite(List.of(key));
        }
    }

    /** Keys were written as one. Units that share a key become one. */
    public void putTogether(Collection<String> keys) {
        if (!keys.isEmpty()) {
            unite(keys);
        }
    }

    /** Everything was cleared, and perhaps some keys written in the same moment: they go together. */
    public void clear(Collection<String> keys) {
        Set<String> together = new HashSet<>(keys);
        if (clearUnit != null) {
            together.addAll(clearUnit.keys);
        }
        singles.values().removeIf(dead -> dead.isOlderThan(session.clear()));
        clearUnit = together.isEmpty() ? null : unite(together);
        long ticket = clearUnit == null ? nextTicket : clearUnit.ticket;
        clearTicket = clearTicket == 0 ? ticket : Math.min(clearTicket, ticket);
    }

    private Unit unite(Collection<String> keys) {
        Unit united = new Unit(nextTicket, new HashSet<>(keys));
        for (String key : keys) {
            Unit other = units.get(key);
            if (other != null) {
                united.ticket = Math.min(united.ticket, other.ticket);
                united.keys.addAll(other.keys);
                if (other == clearUnit) {
                    // The unit may have got an older ticket from another of its keys, and the clear goes with it.
                    clearUnit = united;
                }
            }
        }
        if (united == clearUnit) {
            clearTicket = Math.min(clearTicket, united.ticket);
        }
        for (String key : united.keys) {
            units.put(key, united);
            singles.remove(key);
        }
        return united;
    }

    public void userChanged() {
        userDirty = true;
        userHeld = false;
    }

    /** It has changed, and is to be sent later. */
    public void holdUser() {
        userHeld = !userDirty;
    }

    /** Whether it waits to be sent later. */
    public boolean holdsUser() {
        return userHeld;
    }

    /**
     * Somebody is to be told who we are.
     *
     * @param usAlone whether it asked us alone, and may want to know whether we see it: an answer to all would not tell
     */
    public void askedBy(long member, boolean usAlone) {
        (usAlone ? askersOfUs : askers).add(member);
    }

    public void control(@Nullable Long to, Supplier<? extends @Nullable Frame> frame) {
        controls.add(new Control(to, frame));
    }

    public void message(Outgoing outgoing) {
        messages.addLast(outgoing);
        account(outgoing, 1);
    }

    /** Puts back what was taken and has not been sent, before whatever has come since. */
    public void putBack(List<Outgoing> unsent) {
        for (int i = unsent.size() - 1; i >= 0; i--) {
            messages.addFirst(unsent.get(i));
            account(unsent.get(i), 1);
        }
    }

    private void account(Outgoing outgoing, int sign) {
        boolean answer = outgoing.isAnswer();
        answers += answer ? sign : 0;
        budget.add(answer ? Use.ANSWERS : Use.OUTBOX,
                sign * (Budget.MESSAGE_OVERHEAD_BYTES + (long) outgoing.message().payload().length));
    }

    /** Whether no further message is to be put in. */
    public boolean isFull() {
        return messages.size() - answers >= MAX_MESSAGES || budget.isFull(Use.OUTBOX);
    }

    /** Whether an answer of so many bytes is to wait. */
    public boolean isFullOfAnswers(int bytes) {
        return !budget.admits(Use.ANSWERS, Budget.MESSAGE_OVERHEAD_BYTES + (long) bytes);
    }

    /** Whether nothing waits at all. */
    public boolean isEmpty() {
        return !hasWork() && messages.isEmpty();
    }

    /** Whether something waits that can be sent now. */
    public boolean hasWork() {
        return hasState() || hasMessages() || !controls.isEmpty() || !askers.isEmpty() || !askersOfUs.isEmpty();
    }

    private boolean hasMessages() {
        return answers > 0 || !messages.isEmpty() && !holdsBack(messages.peekFirst());
    }

    /** Whether anything is held back. May be asked without the lock, for a moment ago. */
    public boolean holdsBackAny() {
        return pressure.isAny();
    }

    /** Whether a message, the next one, is held back. */
    public boolean holdsBack(Outgoing outgoing) {
        return outgoing.canWait() && pressure.holdsBack(outgoing.to());
    }

    /** Whether more than what single puts wrote waits, from before a mark. */
    public boolean hasUnits(long mark) {
        return clears(mark) || !units.isEmpty() && units.values().iterator().next().ticket < mark;
    }

    private boolean clears(long mark) {
        return clearTicket != 0 && clearTicket < mark;
    }

    /** Whether something written here has not been sent yet. */
    public boolean hasState() {
        return !singles.isEmpty() || !units.isEmpty() || clearTicket != 0 || userDirty;
    }

    /** Whether all that waits is what one put wrote, or one message to all, of at most so many bytes. */
    boolean holdsOne(int maxBytes) {
        if (!units.isEmpty() || clearTicket != 0 || userDirty || !controls.isEmpty() || !askers.isEmpty() || !askersOfUs.isEmpty()
                || singles.size() + messages.size() != 1 || userHeld && !messages.isEmpty()) {
            return false;
        }
        Outgoing message = messages.peekFirst();
        if (message == null) {
            Map.Entry<String, VersionedValue> single = singles.entrySet().iterator().next();
            return costOf(single.getKey(), single.getValue()) <= maxBytes;
        }
        return message.to() == null && message.message().payload().length <= maxBytes && !holdsBack(message);
    }

    public int keys() {
        return singles.size() + units.size();
    }

    public int messages() {
        return messages.size();
    }

    public long messageBytes() {
        return budget.used(Use.OUTBOX);
    }

    /** Whether the user data is to be sent; asked once. */
    public boolean takeUserChanged() {
        boolean changed = userDirty || userHeld && hasMessages();
        userDirty = false;
        userHeld &= !changed;
        return changed;
    }

    /** A mark between what has been written so far and what is written from now on. */
    public long mark() {
        return ++nextTicket;
    }

    /** Takes all that single puts wrote, in the order of their first writing. It may be read without the lock. */
    public Map<String, VersionedValue> takeSingles() {
        if (singles.isEmpty()) {
            return Map.of();
        }
        Map<String, VersionedValue> taken = singles;
        singles = new LinkedHashMap<>();
        return taken;
    }

    /**
     * Takes units for one frame: whole ones until the frame is full, with what the keys hold at this moment. A unit larger
     * than a frame is taken alone and whole; the network fragments it.
     *
     * @param mark only what was written before it
     * @return null when there is none
     */
    public @Nullable StateDelta takeUnits(long mark, int maxFrameBytes) {
        List<String> taken = new ArrayList<>();
        boolean clears = clears(mark);
        long bytes = 0;
        if (clears) {
            clearTicket = 0;
            if (clearUnit != null) {
                bytes = takeAll(clearUnit.keys, taken);
                clearUnit = null;
            }
        }
        boolean any = clears;
        while (!units.isEmpty() && bytes < maxFrameBytes) {
            Unit unit = units.values().iterator().next();
            if (unit.ticket >= mark || (any && bytes + bytesOf(unit.keys) > maxFrameBytes)) {
                break;
            }
            bytes += takeAll(unit.keys, taken);
            any = true;
        }
        return any ? session.whole(taken, clears) : null;
    }

    /** What an entry takes in a frame, about: a key counts its characters, which are looked at once more when it is written. */
    public static long costOf(String key, VersionedValue held) {
        return ENTRY_OVERHEAD_BYTES + key.length() + (long) held.bytes().length;
    }

    private long takeAll(Collection<String> keys, List<String> taken) {
        long bytes = bytesOf(keys);
        taken.addAll(keys);
        keys.forEach(units::remove);
        return bytes;
    }

    private long bytesOf(Collection<String> keys) {
        long bytes = 0;
        for (String key : keys) {
            VersionedValue held = session.entry(key);
            bytes += held == null ? 0 : costOf(key, held);
        }
        return bytes;
    }

    /** Takes the messages that wait, in order, up to one that is held back; beyond it answers alone. */
    public List<Outgoing> takeMessages() {
        if (!hasMessages()) {
            return List.of();
        }
        List<Outgoing> taken = new ArrayList<>(messages.size());
        while (!messages.isEmpty() && !holdsBack(messages.peekFirst())) {
            taken.add(messages.pollFirst());
        }
        for (Iterator<Outgoing> each = messages.iterator(); answers > 0 && each.hasNext();) {
            Outgoing held = each.next();
            if (held.isAnswer()) {
                each.remove();
                taken.add(held);
            }
        }
        taken.forEach(each -> account(each, -1));
        return taken;
    }

    /** Takes those who are to be told who we are: where many join at once and ask all, {@link #ALL}. */
    public List<Long> takeAskers() {
        if (askers.isEmpty() && askersOfUs.isEmpty()) {
            return List.of();
        }
        if (askers.size() > 1) {
            askersOfUs.add(ALL);
        } else {
            askersOfUs.addAll(askers);
        }
        List<Long> taken = List.copyOf(askersOfUs);
        askers.clear();
        askersOfUs.clear();
        return taken;
    }

    /** Frames of other kinds that wait. */
    public int controls() {
        return controls.size();
    }

    /** Takes the next frame of another kind, or null. */
    public @Nullable Control takeControl() {
        return controls.poll();
    }
}
