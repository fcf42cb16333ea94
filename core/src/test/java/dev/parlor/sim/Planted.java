package dev.parlor.sim;

import dev.parlor.internal.session.SessionReplica;
import dev.parlor.internal.session.Stamp;
import dev.parlor.internal.session.VersionedValue;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;

/** Flaws that the simulation itself plays, from outside of the library. */
final class Planted {
    private static final long TOMBSTONE_MILLIS = 3_000;
    private static final long SWEEP_MILLIS = 500;

    private Planted() {}

    static void in(Participant participant, World world) {
        if (world.flaw == Flaw.TOMBSTONES_DROPPED_BY_AGE) {
            sweep(participant, world);
        }
    }

    private static void sweep(Participant participant, World world) {
        participant.host.after(SWEEP_MILLIS, () -> {
            SessionReplica replica = participant.peer.replica();
            long old = world.trueMillis() - TOMBSTONE_MILLIS;
            for (int i = 0; i < Schedule.KEYS; i++) {
                VersionedValue held = replica.entry(Participant.key(i));
                if (held != null && held.isTombstone() && held.stamp().millis() < old) {
                    forget(replica, Participant.key(i), held);
                    participant.witness.newest.remove(Participant.key(i));
                }
            }
            sweep(participant, world);
        });
    }

    private static void forget(SessionReplica replica, String key, VersionedValue held) {
        try {
            Field entries = SessionReplica.class.getDeclaredField("entries");
            entries.setAccessible(true);
            ((Map<?, ?>) entries.get(replica)).remove(key);
            Field tally = SessionReplica.class.getDeclaredField("tally");
            tally.setAccessible(true);
            Method changed = tally.getType().getDeclaredMethod("changed", String.class, Stamp.class, VersionedValue.class,
                    VersionedValue.class);
            changed.setAccessible(true);
            changed.invoke(tally.get(replica), key, replica.clear(), held, null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Says something to all; the flaw goes past the outbox. */
    static void say(Participant speaker, World world, String text) {
        if (world.flaw != Flaw.MESSAGE_PAST_THE_OUTBOX) {
            speaker.peer.room().send(text);
            return;
        }
        SimNetwork.Member member = world.network.members.get(speaker.id);
        byte[] frame = speaker.peer.pastTheOutbox(text);
        member.view.stream().filter(each -> each != speaker.id).forEach(each -> member.send(each, frame));
    }
}
