package dev.parlor.internal.machine.state;

import dev.parlor.ParticipantId;
import dev.parlor.internal.machine.stats.Stats;
import dev.parlor.internal.machine.undo.Undos;
import dev.parlor.internal.memory.Budget;
import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.time.RoomTime;
import dev.parlor.internal.time.Stamps;
import dev.parlor.internal.user.UserReplica;
import dev.parlor.internal.wire.Frame.Presence;
import dev.parlor.internal.wire.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one participant knows of its room: data, members, those present. Guarded by the room's lock, but for what is said
 * to be read without.
 */
public final class RoomState {
    private final long self;
    private final SessionReplica session;
    private final UserReplica users = new UserReplica();
    private final RoomTime time;
    private final Stamps stamps;
    private final Stats stats = new Stats();
    private final Losses losses;
    private final Budget budget;
    private final Undos undos;
    private List<Long> members = List.of();
    private Set<Long> memberSet = Set.of();
    /** Members that nobody waits for or goes by, and some that were and are gone: they may come back as they were. */
    private final Map<Long, Boolean> leftOut = new Bounded<>();
    /** The members without those. */
    private List<Long> counted = List.of();
    /** Members that speak no version of the protocol that this program speaks, with those that they speak. */
    private final Map<Long, Versions> otherVersions = new HashMap<>();
    /** Of the view before. */
    private List<Long> membersBefore = List.of();
    private final Map<Long, Inbound> inbounds = new HashMap<>();
    /** Of members that are gone: if they come back, what came before is still known to have come. */
    private final Map<Long, Inbound> away = new Bounded<>();
    private final Map<Long, Present> present = new HashMap<>();
    /** By participant that is gone the version of its user data that was here: if it comes back with an older one, that was sent before. */
    private final Map<Long, Long> lastUserVersions = new Bounded<>();
    /** Of authors, present or gone; whose name is forgotten is shown by its id. */
    private final Map<Long, String> names = new Bounded<>();
    private volatile List<Present> inJoiningOrder = List.of();
    private boolean joining;
    private boolean ended;

    /** @param retention how long removed keys are remembered */
    public RoomState(long self, RoomTime time, Stamps stamps, Losses losses, Budget budget, Duration retention) {
        this.self = self;
        this.session = new SessionReplica(time::roomMillis, retention.toMillis());
        this.budget = budget;
        this.undos = new Undos(session, budget);
        budget.measure(Budget.Use.TOMBSTONES,
                () -> session.tombstoneBytes() + (long) session.tombstones() * Budget.TOMBSTONE_OVERHEAD_BYTES);
        budget.measure(Budget.Use.BATCHES, session::batchBytes);
        this.losses = losses;
        this.time = time;
        this.stamps = stamps;
    }

    public long self() {
        return self;
    }

    /** May be read without the lock. */
    public SessionReplica session() {
        return session;
    }

    public UserReplica users() {
        return users;
    }

    /** What this participant says of itself. */
    public Presence presence() {
        Present me = present.get(self);
        return new Presence(me == null, me == null ? "" : me.name(), me == null ? 0 : me.joinedAtMillis(),
                users.of(self), time.roomMillis(), time.ownMillis(), losses.ageMillis());
    }

    public Budget budget() {
        return budget;
    }

    /** What this participant has written of session data, for who undoes it. */
    public Undos undos() {
        return undos;
    }

    public Losses losses() {
        return losses;
    }

    public RoomTime time() {
        return time;
    }

    public Stamps stamps() {
        return stamps;
    }

    public Stats stats() {
        return stats;
    }

    /** The members of the network's view, participants or not. */
    public List<Long> members() {
        return members;
    }

    public void members(List<Long> now) {
        membersBefore = members;
        members = List.copyOf(now);
        memberSet = new HashSet<>(now);
        otherVersions.keySet().retainAll(memberSet);
        count();
        inbounds.keySet().stream().filter(id -> !memberSet.contains(id)).toList()
                .forEach(id -> {
                    Inbound gone = inbounds.remove(id);
                    if (gone != null) {
                        away.put(id, gone.away());
                    }
                });
    }

    /**
     * The members, without those that are left out: who was thrown out cannot hear us, and who does not say who it is, however
     * often it is asked, does not speak Parlor. Nobody waits for them, and they are the first of nothing.
     */
    public List<Long> counted() {
        return counted;
    }

    private void count() {
        counted = leftOut.isEmpty() ? members : members.stream().filter(id -> !isLeftOut(id)).toList();
    }

    public boolean isLeftOut(long id) {
        return leftOut.containsKey(id);
    }

    public void leaveOut(long member) {
        leftOut.put(member, true);
        count();
    }

    public void countAgain(long member) {
        if (leftOut.remove(member) != null) {
            count();
        }
    }

    /**
     * The representative of each side of a merge: the first of it that is not left out. A side of which all are left out brings nothing.
     *
     * @param sides the members of each
     */
    public List<Long> representatives(List<List<Long>> sides) {
        return sides.stream().flatMap(side -> side.stream().filter(id -> !isLeftOut(id)).limit(1)).distinct().toList();
    }

    /** Members that speak no version of the protocol that this program speaks, with those that they speak; to be changed. */
    public Map<Long, Versions> otherVersions() {
        return otherVersions;
    }

    /** The members of the view before this one. */
    public List<Long> membersBefore() {
        return membersBefore;
    }

    public boolean isMember(long id) {
        return memberSet.contains(id);
    }

    public boolean hasOthers() {
        return members.size() > 1;
    }

    /** Whether nobody else is here, or nobody but members that are left out. */
    public boolean isAlone() {
        return counted.size() <= 1;
    }

    /** Whether a member is the coordinator, which acts for all in repairs: the first of the view that is not left out. */
    public boolean isCoordinator(long id) {
        return !counted.isEmpty() && counted.get(0) == id;
    }

    public Inbound inbound(long member) {
        Inbound known = inbounds.get(member);
        return known != null ? known
                : inbounds.computeIfAbsent(member, id -> away.containsKey(id) ? away.remove(id) : new Inbound(budget));
    }

    public Map<Long, Inbound> inbounds() {
        return inbounds;
    }

    /** For each member the number of its last frame to all that is part of this state. */
    public Map<Long, Long> known(long ownNumber) {
        Map<Long, Long> known = new HashMap<>();
        for (long member : members) {
            known.put(member, member == self ? ownNumber : inbound(member).covered());
        }
        return known;
    }

    /** Takes over what another's state holds, once ours holds it too. */
    public void cover(Map<Long, Long> known) {
        known.forEach((member, number) -> {
            if (member != self && isMember(member)) {
                inbound(member).cover(number);
            }
        });
    }

    public @Nullable Present presentOf(long id) {
        return present.get(id);
    }

    public void present(Present participant) {
        present.put(participant.id(), participant);
        names.put(participant.id(), participant.name());
        order();
    }

    public @Nullable Present absent(long id) {
        Present gone = present.remove(id);
        if (gone != null) {
            lastUserVersions.put(id, users.of(id).version());
        }
        users.remove(id);
        order();
        return gone;
    }

    /** Whether what a participant says of itself is older than what it has said, as it may be after a cut: so is the time that it tells. */
    public boolean isOutdated(long id, Presence presence) {
        return presence.user().version() < Math.max(users.of(id).version(), lastUserVersions.getOrDefault(id, 0L));
    }

    private void order() {
        List<Present> ordered = new ArrayList<>(present.values());
        ordered.sort(Comparator.comparingLong(Present::joinedAtMillis).thenComparingLong(Present::id));
        inJoiningOrder = List.copyOf(ordered);
    }

    // ---- the life of the room

    /** The first view is here, and this participant begins to join, or that is over. */
    public void joining(boolean now) {
        joining = now;
    }

    /** Whether the join is under way. */
    public boolean isJoining() {
        return joining;
    }

    /** Whether this participant has been in the room. */
    public boolean hasJoined() {
        return present.containsKey(self);
    }

    /** The room is closed here. */
    public void end() {
        ended = true;
    }

    /** Whether the close is done, but for listeners. */
    public boolean hasEnded() {
        return ended;
    }

    /** Whether this participant is in the room. */
    public boolean isLive() {
        return !joining && hasJoined() && !ended;
    }

    /** Those present, the longest first. Read without the lock. */
    public List<Present> inJoiningOrder() {
        return inJoiningOrder;
    }

    /** The display name of an author, if it is known. */
    public Optional<String> nameOf(long author) {
        return Optional.ofNullable(names.get(author));
    }

    /** The display name of an author, or its id if it is not known any more. */
    public String shownNameOf(long author) {
        String name = names.get(author);
        return name != null ? name : new ParticipantId(author).toString();
    }

    public void learnName(long author, String name) {
        names.putIfAbsent(author, name);
    }
}
